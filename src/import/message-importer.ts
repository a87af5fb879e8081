import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import type { MessageRow } from './message-row';

/** Text sent to the database at a time. */
const BATCH_CHARACTERS = 65_536;

/** What an import did. */
export interface ImportResult {
  /** Messages that were read. */
  read: number;
  /** Those of them that were not there before. */
  added: number;
}

/** What an import is doing: `reading` with the number of messages so far, then `storing` all of them. */
export type ImportProgress = (phase: 'reading' | 'storing', messages: number) => void;

/** Writes messages to the database, in bulk. */
export class MessageImporter {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Imports all of the rows or, on any error, none. Rows that are there already are left as they are: the same rows
   * imported twice leave the same messages.
   *
   * A row without an id gets one made from its other fields and its number among equal rows, so that equal rows of one
   * import are distinct messages, and the same ones each time.
   */
  async import(
    rows: AsyncIterable<MessageRow> | Iterable<MessageRow>,
    onProgress: ImportProgress = () => undefined,
  ): Promise<ImportResult> {
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      await queryRunner.startTransaction();
      await queryRunner.query(CREATE_STAGE);
      const client = (await queryRunner.connect()) as ClientBase;
      let read = 0;
      const batches = toCopyText(rows, (messages) => onProgress('reading', (read = messages)));
      await pipeline(batches, client.query(copyFrom('copy staged from stdin')));
      onProgress('storing', read);
      const { rowCount } = await client.query(STORE);
      await queryRunner.commitTransaction();
      // Fresh statistics and a visibility map, so that the next report is planned right and reads the index alone.
      await queryRunner.query('vacuum (analyze) messages');
      return { read, added: rowCount! };
    } catch (error) {
      if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction();
      throw error;
    } finally {
      await queryRunner.release();
    }
  }
}

const CREATE_STAGE = `
  create temporary table staged (
    organization_id text collate "C",
    channel text collate "C",
    session_id text collate "C",
    created_at timestamptz(3),
    id uuid
  ) on commit drop`;

const STORE = `
  insert into messages (organization_id, channel, session_id, created_at, id)
  select organization_id, channel, session_id, created_at, coalesce(id, encode(substring(sha256(convert_to(
    json_build_array(organization_id, channel, session_id, (extract(epoch from created_at) * 1000)::bigint, nth)::text,
    'UTF8')) for 16), 'hex')::uuid)
  from (
    select *, row_number() over (partition by organization_id, channel, session_id, created_at, id) as nth
    from staged
  ) numbered
  order by organization_id, created_at
  on conflict do nothing`;

async function* toCopyText(
  rows: AsyncIterable<MessageRow> | Iterable<MessageRow>,
  onRead: (messages: number) => void,
): AsyncGenerator<string> {
  let batch = '';
  let messages = 0;
  for await (const row of rows) {
    messages++;
    batch += toCopyLine(row);
    if (batch.length < BATCH_CHARACTERS) continue;
    yield batch;
    onRead(messages);
    batch = '';
  }
  yield batch;
  onRead(messages);
}

/** A line of COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
function toCopyLine({ organizationId, channel, sessionId, createdAtMs, id }: MessageRow): string {
  const createdAt = new Date(createdAtMs).toISOString();
  return `${escape(organizationId)}\t${escape(channel)}\t${escape(sessionId)}\t${createdAt}\t${id ?? '\\N'}\n`;
}

function escape(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
