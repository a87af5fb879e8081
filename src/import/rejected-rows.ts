import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CSV_FORMAT } from '@chat-reports/nestjs/internal';
import { stringify, type Stringifier } from 'csv-stringify';
import type { InvalidRow } from './message-file';
import { COLUMNS } from './message-row';

/**
 * Writes the rows that an import leaves out to a CSV file, with their line and reason. Once they are corrected there,
 * the file can be imported, since these additional columns are ignored. There is a file only if rows are rejected, and
 * only once it is complete.
 */
export class RejectedRows {
  count = 0;
  readonly name: string;
  /** The file until it is complete. */
  private readonly partName: string;
  private stringifier?: Stringifier;
  private written?: Promise<void>;

  /** @param source name of the file that is imported; `-` for standard input */
  constructor(source: string) {
    this.name = `${source === '-' ? 'stdin' : source}.rejected.csv`;
    this.partName = `${this.name}.part`;
  }

  async add({ error, values = {} }: InvalidRow): Promise<void> {
    this.count++;
    const cells = COLUMNS.map((column) => toText(values[column]));
    if (this.open().write([...cells, error.line, error.message, error.row])) return;
    await Promise.race([once(this.open(), 'drain'), this.written]);
  }

  /** Waits until all rows are in the file, which replaces an older one. */
  async complete(): Promise<void> {
    if (this.stringifier === undefined) return;
    this.stringifier.end();
    await this.written;
    await rename(this.partName, this.name).catch(failToWrite);
  }

  /** Removes the file unless it is complete. */
  async discard(): Promise<void> {
    this.stringifier?.destroy();
    await this.written?.catch(() => undefined);
    await rm(this.partName, { force: true });
  }

  private open(): Stringifier {
    if (this.stringifier === undefined) {
      this.stringifier = stringify({ ...CSV_FORMAT, columns: [...COLUMNS, 'line', 'reason', 'row'] });
      this.written = pipeline(this.stringifier, createWriteStream(this.partName)).catch(failToWrite);
      // The error is thrown where `written` is awaited.
      this.written.catch(() => undefined);
    }
    return this.stringifier;
  }
}

function failToWrite(error: Error): never {
  throw new Error(`invalid rows cannot be written: ${error.message}`);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
