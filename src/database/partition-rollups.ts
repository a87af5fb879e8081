/** Keeps rollups correct and in use while the messages table is partitioned: moving messages does not change them. */

import type { EntityManager } from 'typeorm';
import { hasRollups } from './rollups';

/** The triggers of rollups on the messages table, and on no other. */
export const IS_ROLLUP_TRIGGER = `tgname like 'chat\\_rollup\\_%' and tgfoid = coalesce(to_regproc('messages_rollup_mark'), 0)`;

const TRIGGERS = `
  select tgname as name, pg_get_triggerdef(oid) as definition
  from pg_trigger where tgrelid = 'messages'::regclass and not tgisinternal and ${IS_ROLLUP_TRIGGER}`;

/** A trigger, to be created on another table later. */
interface Trigger {
  name: string;
  definition: string;
}

/**
 * Keeps others from storing days until the transaction ends. It is called first: who stores days has this lock before it reads
 * messages.
 */
export async function pauseSealing(manager: EntityManager): Promise<void> {
  if (await hasRollups(manager)) await manager.query('lock table messages_rollup_state in exclusive mode');
}

/** Drops the triggers of the table before it becomes a partition, which gets those of the partitioned table. */
export async function dropTriggers(manager: EntityManager): Promise<Trigger[]> {
  const triggers = await manager.query<Trigger[]>(TRIGGERS);
  for (const { name } of triggers) await manager.query(`drop trigger ${name} on messages`);
  return triggers;
}

/** Creates them on the partitioned table that has its name now. Sessions that replicate fire them, too. */
export async function createTriggers(manager: EntityManager, triggers: Trigger[]): Promise<void> {
  for (const { name, definition } of triggers) {
    await manager.query(definition);
    await manager.query(`alter table messages enable always trigger ${name}`);
  }
}

/**
 * Tells the store that a new partition has nothing but messages that were in the table before, and takes back the marks of their move.
 * No one may have written to the table in this transaction otherwise.
 */
export async function keepStoredDays(manager: EntityManager, partition: string): Promise<void> {
  if (!(await hasRollups(manager))) return;
  await manager.query('delete from messages_rollup_marks where xid = pg_current_xact_id() and began = now()');
  await manager.query(
    `update messages_rollup_state
     set partitions = partitions || (select oid::text || ':' || relfilenode from pg_class where oid = $1::regclass)`,
    [partition],
  );
}
