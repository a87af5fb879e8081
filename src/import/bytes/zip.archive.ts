import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { damaged, hasMagic, ZIP } from './forms';
import type { Bytes } from './peek';

const MESSAGES = /\.(csv|tsv|txt|ndjson|jsonl|json)$/i;
/** Files that macOS adds to an archive, and hidden files. */
const CLUTTER = /(^|\/)(__MACOSX\/|\.)/;
const LISTED_MEMBERS = 10;
/** Files that only these archives have, which are documents of other programs. */
const DOCUMENTS = {
  'xl/workbook.xml': 'an Excel workbook',
  'xl/workbook.bin': 'an Excel workbook',
  'content.xml': 'an OpenDocument file',
};

/** The files in a zip archive that may contain messages. */
export class ZipArchive {
  private constructor(
    private readonly file: ZipFile,
    private readonly entries: Entry[],
  ) {}

  /** Whether a file begins like a zip archive. */
  static recognizes(path: string): boolean {
    const head = Buffer.alloc(ZIP.length);
    const descriptor = openSync(path, 'r');
    readSync(descriptor, head);
    closeSync(descriptor);
    return hasMagic(head, ZIP);
  }

  /** @throws Error if it is broken, or a document of another program */
  static async open(path: string): Promise<ZipArchive> {
    const file = await openPromise(path, { autoClose: false }).catch(() => {
      throw damaged('no end of the archive');
    });
    const entries: Entry[] = [];
    for await (const entry of file.eachEntry()) entries.push(entry);
    const names = entries.map(({ fileName }) => fileName);
    const document = Object.entries(DOCUMENTS).find(([name]) => names.includes(name));
    if (document !== undefined) {
      file.close();
      throw new Error(`is ${document[1]}; save it as CSV`);
    }
    return new ZipArchive(
      file,
      entries.filter(({ fileName }) => !fileName.endsWith('/')),
    );
  }

  /** Names of all members that look like messages, or of all members if none does; sorted. */
  get members(): string[] {
    const names = this.entries.map(({ fileName }) => fileName).filter((name) => !CLUTTER.test(name));
    const messages = names.filter((name) => MESSAGES.test(name));
    return (messages.length > 0 ? messages : names).sort();
  }

  /**
   * Finds the member to import.
   *
   * @throws Error if there is none, or several to choose from
   */
  choose(member?: string): string {
    if (member !== undefined) return member;
    const { members } = this;
    if (members.length === 1) return members[0]!;
    if (members.length === 0) throw new Error('is a zip archive without files');
    throw new Error(`is a zip archive of ${members.length} files; choose one with --member NAME: ${this.list}`);
  }

  /** @throws Error if there is no such member, or it cannot be read */
  async read(member: string): Promise<Bytes> {
    const entry = this.entries.find(({ fileName }) => fileName === member);
    if (entry === undefined) throw new Error(`is a zip archive without ${member}; it has ${this.list}`);
    if (entry.isEncrypted()) throw new Error('is a zip archive with a password; unpack it first: unzip FILE');
    if (!entry.canDecodeFileData()) throw new Error('is a zip archive of an unusual kind; unpack it first: 7z x FILE');
    return check(await this.file.openReadStreamPromise(entry), entry.crc32);
  }

  private get list(): string {
    const { members } = this;
    return members.slice(0, LISTED_MEMBERS).join(', ') + (members.length > LISTED_MEMBERS ? ', …' : '');
  }

  close(): void {
    this.file.close();
  }
}

/** Passes bytes through, and compares their checksum, which the library does not. */
async function* check(bytes: Bytes, expected: number): AsyncGenerator<Buffer> {
  let checksum = 0;
  try {
    for await (const chunk of bytes) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw damaged((error as Error).message);
  }
  if (checksum !== expected) throw damaged('incorrect checksum');
}
