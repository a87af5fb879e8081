import { once } from 'node:events';
import { accessSync, constants, createReadStream, type ReadStream, statSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readCsv } from './csv.reader';
import { LineError } from './line.error';
import { type MessageRow, parseRow } from './message-row';
import { readNdjson } from './ndjson.reader';
import { Utf8Check } from './utf8-check';

/** A file cannot be imported. The message names the file, the line and column where there is one, and the reason. */
export class MessageFileError extends Error {}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** A file of messages: CSV with a header, or NDJSON, plain or gzip, told apart by how it begins. `-` is standard input. */
export class MessageFile {
  /** Bytes of the file, or undefined where that cannot be known. */
  readonly size?: number;
  private source?: Readable;

  constructor(readonly name: string) {
    if (name === '-') return;
    const status = statSync(name, { throwIfNoEntry: false });
    if (status === undefined) throw new MessageFileError(`${name}: no such file`);
    if (status.isDirectory()) throw new MessageFileError(`${name}: is a folder`);
    checkReadable(name);
    if (status.isFile()) this.size = status.size;
  }

  /** Bytes of the file read so far. */
  get bytesRead(): number {
    return (this.source as ReadStream | undefined)?.bytesRead ?? 0;
  }

  /**
   * Reads the messages, one at a time.
   *
   * @throws MessageFileError at the first thing that is not a message
   */
  async *rows(): AsyncGenerator<MessageRow> {
    try {
      const text = await this.openText();
      const isNdjson = /^\s*[{[]/.test((await peek(text)).toString());
      for await (const row of isNdjson ? readNdjson(text) : readCsv(text)) yield parseRow(row);
    } catch (error) {
      throw new MessageFileError(this.describe(error as Error));
    }
  }

  private async openText(): Promise<Readable> {
    const source = (this.source = this.name === '-' ? process.stdin : createReadStream(this.name));
    const isGzip = (await peek(source)).subarray(0, 2).equals(GZIP_MAGIC);
    const streams = isGzip ? [source, createGunzip(), new Utf8Check()] : [source, new Utf8Check()];
    // An error in one stream destroys the last one with it, and so reaches its reader.
    const text = pipeline(streams, () => undefined) as unknown as Readable;
    // It may also break when its reader has stopped at a bad row already, which must not end the process.
    return text.on('error', () => undefined);
  }

  private describe(error: Error): string {
    if (!(error instanceof LineError)) return `${this.name}: ${error.message}`;
    const column = error.column === undefined ? '' : ` column ${error.column}`;
    return `${this.name}:${error.line}:${column} ${error.message}`;
  }
}

function checkReadable(name: string): void {
  try {
    accessSync(name, constants.R_OK);
  } catch {
    throw new MessageFileError(`${name}: may not be read`);
  }
}

/** What a stream begins with, left in the stream. */
async function peek(stream: Readable): Promise<Buffer> {
  await once(stream, 'readable');
  const chunk = stream.read() as Buffer | null;
  if (chunk !== null) stream.unshift(chunk);
  return chunk ?? Buffer.alloc(0);
}
