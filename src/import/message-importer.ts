import { hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ClientBase, DatabaseError } from 'pg';
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
      // Fails before the file is read if the table is not there.
      await queryRunner.query('select from messages limit 0');
      await queryRunner.startTransaction();
      await queryRunner.query(CREATE_STAGE);
      const client = (await queryRunner.connect()) as ClientBase;
      let read = 0;
      const batches = toCopyText(rows, (messages) => onProgress('reading', (read = messages)));
      await pipeline(batches, client.query(copyFrom('copy staged from stdin')));
      onProgress('storing', read);
      const added = await store(client);
      await queryRunner.commitTransaction();
      // Fresh statistics and a visibility map, so that the next report is planned right and reads the index alone. The
      // messages are there in any case.
      await queryRunner.query('vacuum (analyze) messages').catch(() => undefined);
      return { read, added };
    } catch (error) {
      if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction();
      throw error;
    } finally {
      await queryRunner.release();
    }
  }
}

/** `id` is made from the other fields where `derived` is true, and is then the same in equal rows. */
const CREATE_STAGE = `
  create temporary table staged (
    organization_id text collate "C",
    channel text,
    session_id text,
    created_at timestamptz(3),
    id uuid,
    derived boolean
  ) on commit drop`;

/** One sort, in the order of the primary key, both numbers equal rows and makes the index grow at its end. */
const STORE = `
  insert into messages (organization_id, channel, session_id, created_at, id)
  select organization_id, channel, session_id, created_at,
    case when derived and nth > 1
      then encode(substring(sha256(convert_to(id || ' ' || nth, 'UTF8')) for 16), 'hex')::uuid
      else id
    end
  from (
    select *, row_number() over (partition by organization_id, created_at, id, derived) as nth
    from staged
  ) numbered
  order by organization_id, created_at`;

/**
 * Moves the staged messages to their table. To look for each whether it is there already takes half as long again, so
 * this is done only once one has turned out to be.
 *
 * @returns the number of those that were not there
 */
async function store(client: ClientBase): Promise<number> {
  await client.query('savepoint before_store');
  try {
    return (await client.query(STORE)).rowCount!;
  } catch (error) {
    if ((error as DatabaseError).code !== UNIQUE_VIOLATION) throw error;
    await client.query('rollback to savepoint before_store');
    return (await client.query(`${STORE} on conflict do nothing`)).rowCount!;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

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
function toCopyLine(row: MessageRow): string {
  const createdAt = new Date(row.createdAtMs).toISOString();
  const id = row.id === undefined ? `${deriveId(row)}\tt` : `${row.id}\tf`;
  return `${escape(row.organizationId)}\t${escape(row.channel)}\t${escape(row.sessionId)}\t${createdAt}\t${id}\n`;
}

/** 128 bits that no two rows with different fields share. */
function deriveId({ organizationId, channel, sessionId, createdAtMs }: MessageRow): string {
  return hash('sha256', JSON.stringify([organizationId, channel, sessionId, createdAtMs]), 'hex').slice(0, 32);
}

function escape(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
