import { accessSync, constants, createReadStream, type ReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Bytes } from './bytes/peek';
import { decode } from './bytes/decode';
import { unpack } from './bytes/unpack';
import { ZipArchive } from './bytes/zip.archive';
import { CHAT_EXPORTS } from './exports/chat-exports';
import type { ChatExport } from './exports/chat-export';
import type { ImportOptions } from './import.options';
import { LineError } from './line.error';
import { type Batch, type MessageRow, parseRow, type RawRow } from './message-row';
import { readExport } from './records/export.reader';
import { readRecords } from './records/read-records';
import { ColumnMapping } from './rows/column.mapping';
import { TimeReader } from './rows/time.reader';

/** A file cannot be imported. The message names the file, the line and column if there is one, and the reason. */
export class MessageFileError extends Error {}

/** A row that cannot be imported. */
export interface InvalidRow {
  error: LineError;
  /** The file and line, in the form `messages.csv:2`. */
  place: string;
  /** Absent if the line is not a row at all. */
  values?: RawRow['values'];
}

/**
 * A file of messages: CSV with a header or JSON, plain or compressed, recognized by its first bytes. `-` is standard
 * input.
 */
export class MessageFile {
  /** Size in bytes; undefined if it cannot be known, or says nothing about the progress. */
  readonly size?: number;
  private readonly isZip: boolean = false;
  private source?: ReadStream;
  /** The member of an archive that is being read. */
  private member?: string;
  private readonly mapping: ColumnMapping;
  private readonly times: TimeReader;

  /** @throws MessageFileError if the file does not exist or cannot be read */
  constructor(
    readonly name: string,
    private readonly options: ImportOptions = {},
  ) {
    this.mapping = new ColumnMapping(options);
    this.times = new TimeReader(options);
    if (name === '-') return;
    const status = statSync(name, { throwIfNoEntry: false });
    if (status === undefined) throw new MessageFileError(`${name}: no such file`);
    if (status.isDirectory()) throw new MessageFileError(`${name}: is a directory; name the files in it`);
    checkReadable(name);
    this.isZip = status.isFile() && ZipArchive.recognizes(name);
    if (status.isFile() && !this.isZip) this.size = status.size;
  }

  /** Number of bytes read so far. */
  get bytesRead(): number {
    return this.source?.bytesRead ?? 0;
  }

  /** How ambiguous rows among those read so far have been interpreted: a sentence for each decision. */
  get notes(): string[] {
    const { ignoredNames } = this.mapping;
    const { recognizedUnits } = this.times;
    return [
      ...(ignoredNames === undefined ? [] : [`ignored the columns ${ignoredNames}`]),
      ...(recognizedUnits === undefined ? [] : [`read numbers in created_at as ${recognizedUnits}`]),
    ];
  }

  /**
   * Reads the messages in batches, since awaiting each of them would make reading noticeably slower.
   *
   * @param onInvalid called with each row that cannot be imported, which is then skipped; by default, such a row ends
   * the import
   * @throws MessageFileError for the first line that is not a valid message, and for a file that cannot be read to its
   * end
   */
  async *rows(
    onInvalid: (invalid: InvalidRow) => void | Promise<void> = ({ error }) => {
      throw error;
    },
  ): AsyncGenerator<MessageRow[]> {
    try {
      for await (const records of this.records()) {
        const rows: MessageRow[] = [];
        for (const record of records) {
          const row = record instanceof LineError ? record : this.parse(record);
          if (!(row instanceof LineError)) rows.push(row);
          else await onInvalid({ error: row, place: this.placeOf(row), values: (record as Partial<RawRow>).values });
        }
        yield rows;
      }
    } catch (error) {
      throw new MessageFileError(this.describe(error as Error));
    }
  }

  private async *records(): AsyncGenerator<Batch> {
    const chatExport = this.options.from && CHAT_EXPORTS[this.options.from];
    for await (const bytes of this.documents(chatExport)) {
      const text = await decode(await unpack(bytes));
      yield* chatExport === undefined
        ? readRecords(text, this.mapping)
        : readExport(text, chatExport, this.member ?? this.path, this.mapping.defaults);
    }
  }

  /** The file itself, or members of an archive: the chosen one, or all members of an export that contain messages. */
  private async *documents(chatExport?: ChatExport): AsyncGenerator<Bytes> {
    if (!this.isZip) {
      if (this.options.member !== undefined) throw new Error('is not a zip archive, which --member needs');
      yield (this.source = this.name === '-' ? (process.stdin as unknown as ReadStream) : createReadStream(this.name));
      return;
    }
    const archive = await ZipArchive.open(this.name);
    try {
      for (const member of this.membersOf(archive, chatExport)) {
        const bytes = await archive.read(member);
        this.member = member;
        yield bytes;
      }
    } finally {
      archive.close();
    }
  }

  private membersOf(archive: ZipArchive, chatExport?: ChatExport): string[] {
    if (chatExport === undefined || this.options.member !== undefined) return [archive.choose(this.options.member)];
    const members = archive.members.filter((member) => chatExport.hasMessages?.(member) ?? true);
    if (members.length === 0) throw new Error(`is a zip archive without messages of ${this.options.from}`);
    return members;
  }

  private parse(row: RawRow): MessageRow | LineError {
    try {
      return parseRow(row, this.times);
    } catch (error) {
      if (error instanceof LineError) return error;
      throw error;
    }
  }

  private placeOf({ line }: LineError): string {
    return `${this.fullName}:${line}`;
  }

  private get path(): string {
    return this.name === '-' ? this.name : resolve(this.name);
  }

  private get fullName(): string {
    return this.member === undefined ? this.name : `${this.name}(${this.member})`;
  }

  private describe(error: Error): string {
    return `${error instanceof LineError ? this.placeOf(error) : this.fullName}: ${error.message}`;
  }
}

function checkReadable(name: string): void {
  try {
    accessSync(name, constants.R_OK);
  } catch {
    throw new MessageFileError(`${name}: permission denied`);
  }
}
