import type { Bytes } from '../bytes/peek';
import type { Separator } from './csv.separator';
import { type CsvRecord, CsvRows } from './csv.rows';

/**
 * Parses CSV, whose lines may end in CR LF, LF or CR.
 *
 * @returns the records in batches
 */
export async function* parseCsv(text: Bytes, separator: Separator): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const rows = new CsvRows(separator);
  for await (const chunk of text) yield rows.read(decoder.decode(chunk, { stream: true }));
  yield rows.end();
}
