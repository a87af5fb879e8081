import { pipeline } from 'node:stream/promises';
import type { ClientBase, DatabaseError } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { type MessageRows, toCopyText } from './copy-text';
import { markStagedDays } from './day-marks';

/** The result of an import. */
export interface ImportResult {
  /** Identifies the import, so that it can be undone. */
  id: number;
  /** Number of messages read. */
  read: number;
  /** Number of messages that were not in the database before. */
  added: number;
}

/**
 * Called with the progress of an import: the number of messages read so far, then the total to store.
 */
export type ImportProgress = (phase: 'reading' | 'storing', messages: number) => void;

/** How to import. */
export interface ImportOptions {
  /** Where the messages come from, such as the name of a file; default: none. */
  source?: string;
  onProgress?: ImportProgress;
}

/** Writes messages to the database in bulk. */
export class MessageImporter {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Imports all rows or, if there is an error, none. Messages that already exist are left unchanged, so importing the
   * same rows again changes nothing.
   *
   * The ID of a row without one is derived from its other fields and its position among identical rows. Identical rows
   * of an import therefore become distinct messages, and the same ones in every import.
   */
  async import(
    rows: MessageRows,
    { source = '', onProgress = () => undefined }: ImportOptions = {},
  ): Promise<ImportResult> {
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      // Fails before the file is read if the table does not exist.
      await queryRunner.query('select from messages limit 0');
      await queryRunner.startTransaction();
      // Over hundreds of partitions, compiling a statement takes longer than running it, and cannot be canceled.
      await queryRunner.query('set local jit = off');
      await queryRunner.query(CREATE_STAGE);
      const client = (await queryRunner.connect()) as ClientBase;
      let read = 0;
      const batches = toCopyText(rows, (messages) => onProgress('reading', (read = messages)));
      await pipeline(batches, client.query(copyFrom('copy staged from stdin')));
      onProgress('storing', read);
      const id = await record(client, source, read);
      const added = await store(client, id);
      await client.query('update imports set added = $1 where id = $2', [added, id]);
      await queryRunner.commitTransaction();
      // Updates the statistics and the visibility map, so that the next report is well planned and uses index-only
      // scans. The messages are stored even if this fails.
      await queryRunner.query('vacuum (analyze) messages').catch(() => undefined);
      return { id, read, added };
    } catch (error) {
      if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction();
      throw error;
    } finally {
      await queryRunner.release();
    }
  }
}

/** If `derived` is true, `id` is derived from the other fields, so identical rows have the same one. */
const CREATE_STAGE = `
  create temporary table staged (
    organization_id text collate "C",
    channel text,
    session_id text,
    created_at timestamptz(3),
    id uuid,
    derived boolean
  ) on commit drop`;

/** A single sort in primary key order both numbers identical rows and lets the index grow at its end. */
const STORE = `
  insert into messages (organization_id, channel, session_id, created_at, id, import_id)
  select organization_id, channel, session_id, created_at,
    case when derived and nth > 1
      then encode(substring(sha256(convert_to(id || ' ' || nth, 'UTF8')) for 16), 'hex')::uuid
      else id
    end,
    $1::integer
  from (
    select *, row_number() over (partition by organization_id, created_at, id, derived) as nth
    from staged
  ) numbered
  order by organization_id, created_at`;

async function record(client: ClientBase, source: string, read: number): Promise<number> {
  const statement = 'insert into imports (source, read) values ($1, $2) returning id';
  return (await client.query<{ id: number }>(statement, [source, read])).rows[0]!.id;
}

/**
 * Copies the staged messages to the messages table. Checking each of them for a duplicate takes half as long again, so
 * it is done only if an attempt without these checks finds a duplicate. In that case the trigger marks days, and only
 * those of messages that are added.
 *
 * @returns the number of messages that did not exist before
 */
async function store(client: ClientBase, importId: number): Promise<number> {
  await client.query('savepoint before_store');
  try {
    await markStagedDays(client);
    return (await client.query(STORE, [importId])).rowCount!;
  } catch (error) {
    if (!DUPLICATE.test((error as DatabaseError).code ?? '')) throw error;
    await client.query('rollback to savepoint before_store');
    return countAdded(client, `${STORE} on conflict do nothing`, importId);
  }
}

/** Citus counts the rows that it has read, not those that it has added. */
async function countAdded(client: ClientBase, statement: string, importId: number): Promise<number> {
  const counting = `with added as (${statement} returning 1) select count(*)::int as count from added`;
  return (await client.query<{ count: number }>(counting, [importId])).rows[0]!.count;
}

/**
 * A violated key, which Citus reports as an internal error if it is on a worker.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const DUPLICATE = /^(23505|XX000)$/;
