import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LineError } from './line.error';
import { checkColumns, type Column, COLUMN_LIST, type RawRow } from './message-row';

/** A longer row means a quote that is not closed. */
const MAXIMUM_ROW_BYTES = 1_000_000;

/** Reads rows of CSV (RFC 4180) whose first line names the columns, in any order. */
export async function* readCsv(text: Readable): AsyncGenerator<RawRow> {
  const parser = parse({ relax_column_count: true, max_record_size: MAXIMUM_ROW_BYTES });
  // The parser does not learn of an error in the stream before it by itself.
  text.on('error', (error) => parser.destroy(error)).pipe(parser);
  // Which may come when the rows before it were refused already, and nobody waits for more.
  parser.on('error', () => undefined);
  let columns: Column[] | undefined;
  // The parser could count the lines, but takes twice as long when it does.
  let nextLine = 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const line = nextLine;
      nextLine += 1 + lineFeedsIn(record);
      if (record.length === 1 && record[0] === '') continue;
      if (columns === undefined) {
        checkColumns(record, line);
        columns = record;
      } else {
        yield { line, values: toValues(columns, record, line) };
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? new LineError(nextLine, `is not CSV: ${error.message}`) : error;
  }
  if (columns === undefined) throw new LineError(1, `is empty; the first line must name the columns ${COLUMN_LIST}`);
}

function toValues(columns: Column[], record: string[], line: number): RawRow['values'] {
  if (record.length !== columns.length) {
    throw new LineError(line, `has ${record.length} values for ${columns.length} columns`);
  }
  const values: RawRow['values'] = {};
  for (let index = 0; index < columns.length; index++) values[columns[index]!] = record[index];
  return values;
}

function lineFeedsIn(record: string[]): number {
  let count = 0;
  for (const value of record) if (value.includes('\n')) count += value.split('\n').length - 1;
  return count;
}
