import type { Bytes } from '../bytes/peek';
import type { ChatExport } from '../exports/chat-export';
import { LineError } from '../line.error';
import type { Batch, RawRow } from '../message-row';
import { linesOf } from './lines';

/** Limited, because a document is read as a whole. */
const MAXIMUM_LENGTH = 100_000_000;
const TOO_LONG = `begins a JSON document longer than ${MAXIMUM_LENGTH} characters; write one per line`;

/**
 * Reads the messages of an export: a JSON document, or one per line.
 *
 * @param member name of the file in its archive
 * @param defaults values of columns that the export lacks
 * @returns the rows in batches
 * @throws LineError for a document that is not JSON, or does not belong to such an export
 */
export async function* readExport(
  text: Bytes,
  chatExport: ChatExport,
  member: string,
  defaults: RawRow['values'],
): AsyncGenerator<Batch> {
  for await (const { line, document } of documentsOf(text)) {
    const messages = read(() => chatExport.messagesOf(document, member), line);
    if (messages === undefined) throw new LineError(line, 'does not have the form of this export');
    yield messages.map((values) => ({ line, values: { ...defaults, ...values } }));
  }
}

function read<Result>(messagesOf: () => Result, line: number): Result {
  try {
    return messagesOf();
  } catch (error) {
    throw new LineError(line, (error as Error).message);
  }
}

async function* documentsOf(text: Bytes): AsyncGenerator<{ line: number; document: unknown }> {
  let line = 0;
  let start = 1;
  let pending: string[] = [];
  let length = 0;
  for await (const lines of linesOf(text, MAXIMUM_LENGTH)) {
    for (const content of lines) {
      line++;
      if (pending.length === 0 && content.trim() === '') continue;
      if (pending.length === 0) start = line;
      length = pending.length === 0 ? content.length : length + content.length;
      if (length > MAXIMUM_LENGTH) throw new LineError(start, TOO_LONG);
      pending.push(content);
      // Only a line that begins a document can be a whole document.
      const document = pending.length === 1 ? tryParse(content) : undefined;
      if (document === undefined) continue;
      yield { line, document };
      pending = [];
    }
  }
  if (pending.length === 0) return;
  const document = tryParse(pending.join('\n'));
  if (document === undefined) throw new LineError(start, 'is not JSON: one document, or one per line');
  yield { line: start, document };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
