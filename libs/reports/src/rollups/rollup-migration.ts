import { type DatabaseAccess, openDatabase } from '../database/open-database';
import { catalogOf } from '../message-table/catalog';
import { readMessageTable } from '../message-table/message-table.reader';
import type { MessagesOptions } from '../message-table/messages.options';
import { fingerprintOfMarking } from './fingerprint';
import { createMarking, dropMarking } from './marks.sql';
import { findStore, type RollupStore } from './rollup-store';
import { ROLLUP_SETTINGS, type RollupSettings } from './rollup.settings';

/** Statements for a migration of the application, to be run in this order and in one transaction. */
export interface RollupMigration {
  up: string[];
  down: string[];
}

/** What a day of an organization or of a channel holds. Times are milliseconds since 1970. */
const DAY_COLUMNS = `
  first_ms double precision, last_ms double precision, last_session text not null,
  gap_starts double precision[] not null, gap_ends double precision[] not null, gap_sessions text[] not null,
  gaps integer not null, excess_ms double precision not null, longest_excess_ms double precision not null`;

/**
 * Returns the statements that create the store of rollups for a messages table, with the triggers on that table, and
 * those that drop both. Late messages are marked no matter who writes them; the table itself is not changed. Creating
 * the triggers waits for open transactions that have written to the table, and blocks writes until the migration is
 * committed.
 *
 * In a migration of TypeORM: `rollupMigration((text, values) => queryRunner.query(text, values), options)`.
 *
 * @param access how to reach the database, in which the table must exist
 * @param options the `messages` option of `ReportsModule`
 * @throws MessageTableError if the table cannot be reported on
 * @throws RollupError if it cannot have rollups, with the reason
 */
export async function rollupMigration(
  access: DatabaseAccess,
  options: MessagesOptions = {},
  settings: RollupSettings = ROLLUP_SETTINGS,
): Promise<RollupMigration> {
  const database = openDatabase(access, options);
  const table = await readMessageTable(database, options);
  const store = await findStore(catalogOf(database, options), table, options);
  return {
    up: [
      ...createTables(store, fingerprintOfMarking(table, settings), settings),
      ...createMarking(store, table, options, settings),
    ],
    down: [...dropMarking(store), `drop table if exists ${tablesOf(store).join(', ')}`],
  };
}

function createTables(store: RollupStore, marking: string, { dayMs, latenessMs }: RollupSettings): string[] {
  const { days, channelDays, spans, marks, state } = store;
  return [
    `create table ${days} (organization text, day integer, ${DAY_COLUMNS},
  primary key (organization, day))`,
    `create table ${channelDays} (organization text, day integer, channel text, ${DAY_COLUMNS},
  primary key (organization, day, channel))`,
    `create table ${spans} (organization text primary key, from_day integer not null, until_day integer not null)`,
    // The time distinguishes transactions with the same number, which a copy of the database can have.
    `create table ${marks} (organization text, day integer,
  xid xid8 not null default pg_current_xact_id(), began timestamptz not null default now(),
  unique nulls not distinct (organization, day, xid, began))`,
    `create table ${state} (is_only boolean primary key default true check (is_only), marking text not null,
  day_ms integer not null, lateness_ms integer not null, fingerprint text, partitions text[] not null default '{}',
  ready_until integer, pending_until integer, pending_xid xid8)`,
    `insert into ${state} (marking, day_ms, lateness_ms) values ('${marking}', ${dayMs}, ${latenessMs})`,
  ];
}

function tablesOf({ days, channelDays, spans, marks, state }: RollupStore): string[] {
  return [days, channelDays, spans, marks, state];
}
