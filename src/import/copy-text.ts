import { hash } from 'node:crypto';
import { formatInstant } from '@chat-reports/nestjs/internal';
import type { MessageRow } from './message-row';

/** How much text is sent to the database at a time. */
const BATCH_CHARACTERS = 65_536;

/** Messages: single ones, or batches that are read from a file. */
export type MessageRows = Iterable<MessageRow> | AsyncIterable<MessageRow[]>;

/**
 * Writes messages in COPY's text format, with the columns of the staging table.
 * https://www.postgresql.org/docs/current/sql-copy.html
 *
 * @param onRead called with the number of messages written so far
 */
export async function* toCopyText(rows: MessageRows, onRead: (messages: number) => void): AsyncGenerator<string> {
  let batch = '';
  let messages = 0;
  for await (const some of Symbol.asyncIterator in rows ? rows : [rows]) {
    for (const row of some) {
      messages++;
      batch += toLine(row);
      if (batch.length < BATCH_CHARACTERS) continue;
      yield batch;
      onRead(messages);
      batch = '';
    }
  }
  yield batch;
  onRead(messages);
}

function toLine(row: MessageRow): string {
  const createdAt = formatInstant(new Date(row.createdAtMs));
  const id = row.id === undefined ? `${deriveId(row)}\tt` : `${row.id}\tf`;
  return `${escape(row.organizationId)}\t${escape(row.channel)}\t${escape(row.sessionId)}\t${createdAt}\t${id}\n`;
}

/** Hashes the fields of a row to 128 bits, enough for different rows to get different IDs. */
function deriveId({ organizationId, channel, sessionId, createdAtMs }: MessageRow): string {
  return hash('sha256', JSON.stringify([organizationId, channel, sessionId, createdAtMs]), 'hex').slice(0, 32);
}

/** Looks for special characters first: few texts have any, and looking takes less time than replacing. */
function escape(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : text;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
