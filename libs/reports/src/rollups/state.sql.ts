/**
 * Statements over the state of a store, which records the terms of what was stored. They run in transactions that lock
 * the state.
 */

import type { RollupStore } from './rollup-store';

/** The state, with the clock and the snapshot of the transaction that reads it. */
export interface State {
  marking: string;
  day_ms: number;
  lateness_ms: number;
  fingerprint: string | null;
  partitions: string[];
  /** Days before this one can be stored. */
  ready_until: number | null;
  /**
   * Days before this one can be stored once all transactions that may have written to them without a mark have ended.
   */
  pending_until: number | null;
  pending_xid: string | null;
  /** Whether those transactions have ended. */
  is_over: boolean | null;
  /** Whether the recorded transaction number belongs to another server, of which this database is a copy. */
  is_foreign: boolean | null;
  /** When the transaction began, which was before its snapshot was taken. */
  now_ms: number;
  current_partitions: string[];
}

/**
 * The partitions with the names of their files, which TRUNCATE replaces. Row triggers fire neither for TRUNCATE nor for
 * ATTACH.
 */
export function partitionsOf({ messages }: RollupStore): string {
  return `
    (with recursive heirs (id) as (
       select inhrelid from pg_inherits where inhparent = '${messages.replaceAll("'", "''")}'::regclass
       union all
       select inhrelid from heirs join pg_inherits on inhparent = heirs.id)
     select coalesce(array_agg(oid::text || ':' || relfilenode order by oid), '{}')
     from heirs join pg_class on oid = heirs.id
     where relkind <> 'p')`;
}

/** Keeps others from storing days at the same time. To be run before the snapshot is taken. */
export const lockState = ({ state }: RollupStore) => `lock table ${state} in exclusive mode nowait`;

export const readState = (store: RollupStore) => `
  select state.*, pg_snapshot_xmin(pg_current_snapshot()) >= pending_xid as is_over,
    pending_xid >= pg_snapshot_xmax(pg_current_snapshot()) as is_foreign,
    (extract(epoch from now()) * 1000)::float8 as now_ms, ${partitionsOf(store)} as current_partitions
  from ${store.state} state`;

/**
 * Begins the first phase of storing days: records which transactions may have written to them without a mark, namely
 * those with a lower number than its own. The `xmax` of a snapshot would not do: it is above all transactions that have
 * ended, but not above all that have only begun.
 */
export const beginSealing = ({ state }: RollupStore) => `
  update ${state} set pending_until = $1, pending_xid = pg_current_xact_id()`;

/** Ends the first phase. */
export const endWaiting = ({ state }: RollupStore) => `
  update ${state} set ready_until = pending_until, pending_until = null, pending_xid = null`;

export const forgetWaiting = ({ state }: RollupStore) => `update ${state} set pending_until = null, pending_xid = null`;

export const setFingerprint = ({ state }: RollupStore) => `update ${state} set fingerprint = $1`;

export const setPartitions = ({ state }: RollupStore) => `
  update ${state} set partitions = $1 where partitions <> $1`;

/**
 * Forgets everything that is stored, and the marks that are visible. TRUNCATE would also take it from readers with an
 * older snapshot.
 */
export const forgetAll = ({ days, channelDays, spans, marks }: RollupStore) =>
  [days, channelDays, spans, marks].map((table) => `delete from ${table}`);

/** A mark without an organization is for a day of all organizations; one without a day as well is for everything. */
export const MARK_OF_ALL = 'organization is null and day is null';

/**
 * Marks stored days, as a write to each of them would. $1 organizations, $2 first day, $3 day after the last one; each
 * may be null.
 */
export const markStored = ({ days, marks }: RollupStore) => `
  with marked as (
    insert into ${marks} (organization, day)
    select organization, day from ${days}
    where ($1::text[] is null or organization = any ($1)) and ($2::integer is null or day >= $2) and ($3::integer is null or day < $3)
    on conflict do nothing
    returning true)
  select from marked`;

export const spreadMarks = ({ days, marks }: RollupStore) => [
  `insert into ${marks} (organization, day)
   select organization, day from ${days}
   where day in (select day from ${marks} where organization is null)
   on conflict do nothing`,
  `delete from ${marks} where organization is null`,
];

/** Stored days that are marked. */
export const markedDays = ({ days, marks }: RollupStore) => `
  select distinct organization, day from ${marks} join ${days} using (organization, day) order by organization, day`;

/**
 * Deletes marks of days that could be stored but are not: they will be computed from all messages that are there by
 * then.
 */
export const deleteUselessMarks = ({ days, marks, state }: RollupStore) => `
  delete from ${marks} mark
  where day < (select ready_until from ${state})
    and not exists (select from ${days} stored where stored.organization = mark.organization and stored.day = mark.day)`;

const ofRange = 'where organization = $1 and day >= $2 and day < $3';

/** Deletes what is stored for a range of days, and the marks that are visible. */
export const forgetRange = ({ days, channelDays, marks }: RollupStore) =>
  [days, channelDays, marks].map((table) => `delete from ${table} ${ofRange}`);

export const widenSpan = ({ spans }: RollupStore) => `
  insert into ${spans} as span (organization, from_day, until_day) values ($1, $2, $3)
  on conflict (organization) do update
  set from_day = least(span.from_day, $2), until_day = greatest(span.until_day, $3)`;
