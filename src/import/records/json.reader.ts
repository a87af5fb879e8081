import { LineError } from '../line.error';
import type { Batch, Column, RawRow } from '../message-row';
import type { ColumnMapping } from '../rows/column.mapping';
import type { JsonText } from './json.objects';

/**
 * Reads the rows of JSON, each of which is an object.
 *
 * @returns the rows in batches, with an error for each text that is not an object or does not have the right columns
 */
export async function* readJson(texts: AsyncIterable<JsonText[]>, mapping: ColumnMapping): AsyncGenerator<Batch> {
  let known: { names: string[]; columns: (Column | undefined)[] } = { names: [], columns: [] };
  const toRow = (object: object, line: number): RawRow => {
    const names = Object.keys(object);
    // Most objects have the same names as the previous one.
    if (!isSame(names, known.names)) known = { names, columns: mapping.resolve(names, line) };
    const values: RawRow['values'] = { ...mapping.defaults };
    Object.values(object).forEach((value: unknown, index) => {
      const column = known.columns[index];
      if (column !== undefined && value !== null) values[column] = value;
    });
    return { line, values };
  };
  for await (const batch of texts) {
    yield batch.map(({ line, content }) => attempt(content, () => toRow(parseObject(content, line), line)));
  }
}

/** Returns an error with the text instead of throwing it. */
function attempt(content: string, read: () => RawRow): RawRow | LineError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    error.row = content;
    return error;
  }
}

function isSame(names: string[], others: string[]): boolean {
  return names.length === others.length && names.length > 0 && names.every((name, index) => name === others[index]);
}

function parseObject(content: string, line: number): object {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new LineError(line, 'is not JSON, or not complete');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LineError(line, 'is not a JSON object');
  return value;
}
