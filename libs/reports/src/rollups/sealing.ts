/** The steps of storing days, each in a transaction of its own that holds the lock on the state. */

import type { TransactionQuery } from '../database/message-database';
import type { MessageTable } from '../message-table/message-table';
import { quoteIdentifier, sql } from '../message-table/sql.fragment';
import { column } from '../messages/message-columns.sql';
import { checkFilter } from './filter-check';
import type { RollupStore } from './rollup-store';
import type { RollupSettings } from './rollup.settings';
import { type DayRange, insertChannelDays, insertDays } from './seal.sql';
import {
  beginSealing,
  deleteUselessMarks,
  endWaiting,
  forgetAll,
  forgetRange,
  forgetWaiting,
  MARK_OF_ALL,
  readState,
  setFingerprint,
  setPartitions,
  spreadMarks,
  type State,
  widenSpan,
} from './state.sql';

/** The terms on which days are stored. */
export interface SealingTerms {
  table: MessageTable;
  store: RollupStore;
  thresholdMs: number;
  settings: RollupSettings;
  /** Represents these terms in the state. */
  fingerprint: string;
}

/**
 * Forgets stored days that are no longer of use, and continues the two phases of storing new ones. Once no write to a
 * day can go without a mark, the first phase records which transactions may have written to it before; once those have
 * ended, the day is ready.
 *
 * @returns the day before which all days are ready, or undefined if none is
 */
export async function prepare(query: TransactionQuery, terms: SealingTerms): Promise<number | undefined> {
  const { table, store, fingerprint, settings } = terms;
  const state = await stateOf(query, store);
  if (state.fingerprint !== fingerprint) await checkFilter(query, table, store);
  if (state.fingerprint !== fingerprint || (await isUnknown(query, store, state))) {
    for (const statement of forgetAll(store)) await query(statement, []);
    await query(setFingerprint(store), [fingerprint]);
  }
  await query(setPartitions(store), [state.current_partitions]);
  for (const statement of spreadMarks(store)) await query(statement, []);
  return advance(query, store, state, settings);
}

/** Whether rows may have changed without a mark, or a mark says that all rows have changed. */
async function isUnknown(query: TransactionQuery, store: RollupStore, state: State): Promise<boolean> {
  const marks = await query(`select from ${store.marks} where ${MARK_OF_ALL} limit 1`, []);
  if (marks.length > 0) return true;
  const oidOf = (partition: string) => partition.split(':')[0]!;
  const known = new Set(state.partitions.map(oidOf));
  const added = state.current_partitions.filter((partition) => !state.partitions.includes(partition));
  if (added.some((partition) => known.has(oidOf(partition)))) return true;
  for (const partition of added) if (!(await isEmpty(query, oidOf(partition)))) return true;
  return false;
}

async function isEmpty(query: TransactionQuery, oid: string): Promise<boolean> {
  const [name] = await query<{ schema: string; name: string }>(
    'select relnamespace::regnamespace::text as schema, relname::text as name from pg_class where oid = $1',
    [oid],
  );
  const rows = await query(`select from ${name!.schema}.${quoteIdentifier(name!.name)} limit 1`, []);
  return rows.length === 0;
}

async function advance(
  query: TransactionQuery,
  store: RollupStore,
  state: State,
  { dayMs, latenessMs, marginMs }: RollupSettings,
): Promise<number | undefined> {
  let { ready_until: ready, pending_until: pending } = state;
  if (pending !== null && state.is_over) {
    await query(endWaiting(store), []);
    [ready, pending] = [pending, null];
  } else if (pending !== null && state.is_foreign) {
    await query(forgetWaiting(store), []);
    pending = null;
  }
  const over = Math.floor((state.now_ms - latenessMs - marginMs) / dayMs);
  if (pending === null && over > (ready ?? -Infinity)) await query(beginSealing(store), [over]);
  return ready ?? undefined;
}

/**
 * Stores days, replacing those that are stored already, and deletes the marks that it sees.
 *
 * @returns false if the days are not ready, or are no longer stored on these terms
 */
export async function sealRange(query: TransactionQuery, terms: SealingTerms, range: DayRange): Promise<boolean> {
  const { table, store, thresholdMs, settings, fingerprint } = terms;
  const state = await stateOf(query, store);
  if (state.fingerprint !== fingerprint || range.until > (state.ready_until ?? -Infinity)) return false;
  const { organization, from, until } = range;
  for (const statement of forgetRange(store)) await query(statement, [organization, from, until]);
  const days = { table, store, range, thresholdMs, dayMs: settings.dayMs };
  const inserts = [insertDays(days), ...(table.channel ? [insertChannelDays(days, column(table.channel))] : [])];
  for (const insert of inserts) {
    const { text, values } = sql`${insert}`.toStatement();
    await query(text, values);
  }
  await query(widenSpan(store), [organization, from, until]);
  return true;
}

export async function tidy(query: TransactionQuery, { store }: SealingTerms): Promise<void> {
  await query(deleteUselessMarks(store), []);
}

async function stateOf(query: TransactionQuery, store: RollupStore): Promise<State> {
  const [state] = await query<State>(readState(store), []);
  return state!;
}
