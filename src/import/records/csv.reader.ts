import { unguardFormula } from '@chat-reports/nestjs/internal';
import type { Bytes } from '../bytes/peek';
import { LineError } from '../line.error';
import { type Batch, type Column, COLUMN_LIST, type RawRow } from '../message-row';
import type { ColumnMapping } from '../rows/column.mapping';
import { parseCsv } from './csv.parser';
import { isSeparatorLine, nameSeparator, type Separator } from './csv.separator';
import { BrokenLine, type CsvRecord } from './csv.rows';

const NO_SEPARATOR = ', without a comma, semicolon, tab or vertical bar';

/**
 * Reads the rows of CSV (RFC 4180). Its first line names the columns, in any order. A row that spans several lines has
 * the number of the first one. Rows without any value are skipped, and so are separators at the end of a line. The
 * apostrophe that CSV reports put before a formula is removed.
 *
 * @returns the rows in batches, with an error for each one that is not CSV or does not have the right number of values
 * @throws LineError if the first line does not have the right columns
 */
export async function* readCsv(text: Bytes, separator: Separator, mapping: ColumnMapping): AsyncGenerator<Batch> {
  let columns: (Column | undefined)[] | undefined;
  let nextLine = 1;
  const read = (record: CsvRecord): RawRow | LineError | undefined => {
    const line = nextLine;
    nextLine += 1 + (record instanceof BrokenLine ? 0 : lineFeedsIn(record));
    if (record instanceof BrokenLine) {
      const error = new LineError(line, record.reason, { row: record.text });
      // Without its header, no row can be read.
      if (columns === undefined) throw error;
      return error;
    }
    if (record.every(isBlank) || (line === 1 && isSeparatorLine(record))) return undefined;
    if (columns !== undefined) return toRow(columns, record, line, mapping.defaults);
    const names = withoutBlankEnd(record);
    columns = mapping.resolve(
      names,
      line,
      names.length === 1 ? NO_SEPARATOR : `, separated by ${nameSeparator(separator)}`,
    );
    return undefined;
  };
  for await (const records of parseCsv(text, separator)) yield records.map(read).filter((row) => row !== undefined);
  if (columns === undefined) throw new LineError(1, `is empty; the first line must name the columns ${COLUMN_LIST}`);
}

function toRow(
  columns: (Column | undefined)[],
  record: string[],
  line: number,
  defaults: RawRow['values'],
): RawRow | LineError {
  if (record.length < columns.length || !isBlankFrom(columns.length, record)) {
    return new LineError(line, `has ${record.length} values for ${columns.length} columns`, { row: record.join(', ') });
  }
  const values: RawRow['values'] = { ...defaults };
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index];
    if (column !== undefined) values[column] = unguardFormula(record[index]!);
  }
  return { line, values };
}

function isBlank(value: string): boolean {
  return value.trim() === '';
}

function isBlankFrom(start: number, record: string[]): boolean {
  for (let index = start; index < record.length; index++) if (!isBlank(record[index]!)) return false;
  return true;
}

function withoutBlankEnd(header: string[]): string[] {
  const last = header.findLastIndex((name) => !isBlank(name));
  return header.slice(0, last + 1);
}

function lineFeedsIn(record: string[]): number {
  let count = 0;
  for (const value of record) if (value.includes('\n')) count += value.split('\n').length - 1;
  return count;
}
