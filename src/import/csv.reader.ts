import type { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { LineError } from './line.error';
import { checkColumns, type Column, COLUMN_LIST, type RawRow } from './message-row';

/** A longer row means a quote that is not closed. */
const MAXIMUM_ROW_BYTES = 1_000_000;

/** Reads rows of CSV (RFC 4180) whose first line names the columns, in any order. */
export async function* readCsv(text: Readable): AsyncGenerator<RawRow> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAXIMUM_ROW_BYTES,
  });
  // The parser does not learn of an error in the stream before it by itself.
  text.on('error', (error) => parser.destroy(error)).pipe(parser);
  let columns: Column[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (columns === undefined) {
        checkColumns(record, info.lines);
        columns = record;
        continue;
      }
      const { length } = columns;
      if (record.length !== length)
        throw new LineError(info.lines, `has ${record.length} values for ${length} columns`);
      yield { line: info.lines, values: Object.fromEntries(columns.map((column, index) => [column, record[index]])) };
    }
  } catch (error) {
    throw error instanceof CsvError ? new LineError(Number(error.lines), `is not CSV: ${error.message}`) : error;
  }
  if (columns === undefined) throw new LineError(1, `is not there: the first line names the columns ${COLUMN_LIST}`);
}
