import {
  closeSync,
  constants,
  existsSync,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
} from 'node:fs';
import type { Account } from './data-directory';

/** A log longer than this is put aside when PostgreSQL starts. */
const MAXIMUM_BYTES = 10_000_000;

/** How much of the end of the log is read. */
const TAIL_BYTES = 65_536;

/** The file that PostgreSQL logs to, from one start on. */
export class PostgresLog {
  /** For PostgreSQL to write to. */
  readonly descriptor: number;
  private readonly startBytes: number;

  /** Opens the log, or creates it. A log that has become long replaces the one that was put aside before it. */
  constructor(file: string, owner: Account | undefined) {
    if (existsSync(file) && lstatSync(file).size > MAXIMUM_BYTES) renameSync(file, `${file}.1`);
    // The folder may belong to an account with fewer rights, which must not make this process open another file.
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
    this.descriptor = openSync(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o600);
    if (owner) fchownSync(this.descriptor, owner.uid, owner.gid);
    this.startBytes = fstatSync(this.descriptor).size;
  }

  /** PostgreSQL's last message, except those about clients: why it has ended, or what it is doing. */
  get reason(): string | undefined {
    const lines = this.tail().split('\n').filter(Boolean);
    const fatal = lines.map((line) => /(?:FATAL|PANIC): +(?!the database system is )(.*)/.exec(line)?.[1]);
    return fatal.filter(Boolean).at(-1) ?? lines.at(-1);
  }

  /** The last thing that PostgreSQL has done. */
  get progress(): string | undefined {
    return [...this.tail().matchAll(/LOG: +(.*)/g)].at(-1)?.[1];
  }

  close(): void {
    closeSync(this.descriptor);
  }

  /** The end of what was logged since the start. */
  private tail(): string {
    const { size } = fstatSync(this.descriptor);
    const start = Math.max(this.startBytes, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    return bytes.toString('utf8', 0, readSync(this.descriptor, bytes, 0, bytes.length, start));
  }
}
