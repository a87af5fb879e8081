import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LineError } from './line.error';
import { checkColumns, type RawRow } from './message-row';

/** Reads rows of NDJSON: an object a line. */
export async function* readNdjson(text: Readable): AsyncGenerator<RawRow> {
  let line = 0;
  const lines = createInterface({ input: text, crlfDelay: Infinity });
  // The stream may break when a row before was refused already, and nobody waits for more.
  lines.on('error', () => undefined);
  for await (const content of lines) {
    line++;
    if (content.trim() === '') continue;
    const values = parseObject(content, line);
    checkColumns(Object.keys(values), line);
    yield { line, values };
  }
}

function parseObject(content: string, line: number): object {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new LineError(line, 'is not JSON: NDJSON has one whole object in each line');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LineError(line, 'is not a JSON object: NDJSON has one in each line');
  return value;
}
