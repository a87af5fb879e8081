/**
 * The triggers that mark days as stale. A write to a message of a day that may have been stored leaves a mark in the
 * same transaction, so a snapshot has both or neither. Recent messages leave none.
 */

import type { MessageTable, TimeColumn } from '../message-table/message-table';
import type { MessagesOptions } from '../message-table/messages.options';
import { quoteIdentifier } from '../message-table/sql.fragment';
import type { RollupStore } from './rollup-store';
import type { RollupSettings } from './rollup.settings';

/** The triggers by name, each with the rows that it examines. */
const TRIGGERS = {
  chat_rollup_insert: { event: 'insert', rows: ['new'] },
  chat_rollup_update: { event: 'update', rows: ['old', 'new'] },
  chat_rollup_delete: { event: 'delete', rows: ['old'] },
  chat_rollup_truncate: { event: 'truncate', rows: [] },
} satisfies Record<string, { event: string; rows: Row[] }>;

export const TRIGGER_NAMES = Object.keys(TRIGGERS);

type Row = 'old' | 'new';

/**
 * A setting that keeps the insert trigger from marking. It is for bulk writers, which set it to the number of their
 * transaction after leaving the marks for all of their messages in that transaction. Without the marks, reports become
 * wrong, as if the trigger were disabled. Because of the number, the setting has no effect in any other transaction,
 * however it came to be set there.
 */
export const MARKED_BY = 'chat_reports.marked_by';

const FIRST_INSTANT = '0001-01-01 00:00:00';
const LAST_INSTANT = '9999-12-31 23:59:59';

/** How the triggers find the organization and the day of a row. */
interface RowTerms {
  /** The organization as text. */
  organization: (row: Row) => string;
  /** Whether the day of a row may have been stored. */
  isLate: (row: Row) => string;
  /** Whether a row is old enough for that: true for all late rows, and shorter. */
  isOld: (row: Row) => string;
  /** Whether the time of a row counts, and so has a day. */
  counts: (row: Row) => string;
  /** The day, as a number since 1970. */
  day: (row: Row) => string;
}

/**
 * Statements that create the functions and the triggers. Where most messages are recent, a row trigger whose condition
 * is false costs least, and it is cloned to partitions. PostgreSQL prepares the condition again in each statement, so it
 * is as short as possible. It does not use `now()`, because the transaction may have begun long ago.
 */
export function createMarking(
  store: RollupStore,
  table: MessageTable,
  options: MessagesOptions,
  settings: RollupSettings,
): string[] {
  const terms = rowTerms(table, options, settings);
  const triggers = Object.entries(TRIGGERS).flatMap(([name, { event, rows }]) => {
    const old = rows.map(terms.isOld).join(' or ');
    const condition = event === 'insert' ? `${old} and not ${store.isMarked}()` : old;
    const each = rows.length > 0 ? `for each row when (${condition})` : 'for each statement';
    return [
      `create trigger ${name} after ${event} on ${store.messages} ${each} execute function ${store.mark}()`,
      // Other triggers do not fire in logical replication, or in sessions that restore data as a replica.
      `alter table ${store.messages} enable always trigger ${name}`,
    ];
  });
  return [...isMarkedFunction(store), markFunction(store, terms), ...triggers];
}

export function dropMarking(store: RollupStore): string[] {
  const triggers = TRIGGER_NAMES.map((name) => `drop trigger if exists ${name} on ${store.messages}`);
  return [...triggers, `drop function if exists ${store.mark}()`, `drop function if exists ${store.isMarked}()`];
}

/** Whether the transaction has left the marks for all messages that it inserts. Everyone who inserts messages calls this. */
function isMarkedFunction({ isMarked }: RollupStore): string[] {
  return [
    `create function ${isMarked}() returns boolean language plpgsql stable as $is_marked$
begin
  return current_setting('${MARKED_BY}', true) is not distinct from pg_current_xact_id()::text;
end
$is_marked$`,
    `grant execute on function ${isMarked}() to public`,
  ];
}

/**
 * Roles that write messages need no privilege to write marks. A transaction leaves one mark for each day. A setting of
 * the transaction remembers the last one; like the mark itself, it is undone by a rollback to a savepoint. The
 * transaction cannot rely on the mark of another one, which a sealer may delete without having seen this row.
 */
function markFunction({ mark, marks }: RollupStore, { organization, isLate, counts, day }: RowTerms): string {
  const remember = (row: Row) => `
    if ${isLate(row)} and ${counts(row)} then
      marked := concat_ws(' ', tg_relid, ${day(row)}, ${organization(row)});
      if ${organization(row)} is not null and current_setting('chat_reports.marked', true) is distinct from marked then
        insert into ${marks} (organization, day) values (${organization(row)}, ${day(row)}) on conflict do nothing;
        perform set_config('chat_reports.marked', marked, true);
      end if;
    end if;`;
  return `create function ${mark}() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $mark$
declare
  marked text;
begin
  if tg_op = 'TRUNCATE' then
    insert into ${marks} (organization, day) values (null, null) on conflict do nothing;
    return null;
  end if;
  if tg_op <> 'INSERT' then${remember('old')}
  end if;
  if tg_op <> 'DELETE' then${remember('new')}
  end if;
  return null;
end
$mark$`;
}

function rowTerms(table: MessageTable, options: MessagesOptions, settings: RollupSettings): RowTerms {
  const { organization, createdAt } = table;
  const isConstant = organization.key === undefined;
  const own = (row: Row) =>
    isConstant ? `'${organization.name.replaceAll("'", "''")}'` : `${row}.${quoteIdentifier(organization.name)}::text`;
  return { organization: own, ...timeTerms(createdAt, options.columns?.createdAt, settings) };
}

function timeTerms(
  { epoch, hasTimeZone, name }: TimeColumn,
  given: NonNullable<MessagesOptions['columns']>['createdAt'],
  { dayMs, latenessMs }: RollupSettings,
): Omit<RowTerms, 'organization'> {
  const { column = name, timeZone } = typeof given === 'object' && 'column' in given ? given : {};
  const at = (row: Row) => `${row}.${quoteIdentifier(column as string)}`;
  const clock = `clock_timestamp() - interval '${latenessMs} milliseconds'`;
  const start = `date_bin(interval '${dayMs} milliseconds', ${clock}, timestamptz '1970-01-01 00:00:00+00')`;
  if (epoch) {
    const unit = epoch === 's' ? 1000 : 1;
    const first = Date.parse('0001-01-01T00:00:00Z') / unit;
    const isBefore = (row: Row, instant: string) =>
      `${at(row)} < (extract(epoch from ${instant}) * ${1000 / unit})::bigint`;
    return {
      isLate: (row) => isBefore(row, start),
      isOld: (row) => isBefore(row, clock),
      counts: (row) => `${at(row)} >= ${first}`,
      day: (row) => `floor(${at(row)}::numeric * ${unit} / ${dayMs})::integer`,
    };
  }
  const isLocal = timeZone !== undefined && timeZone !== 'UTC';
  const zoned = (row: Row) => (isLocal ? `(${at(row)} at time zone '${timeZone.replaceAll("'", "''")}')` : at(row));
  const type = hasTimeZone ? 'timestamptz' : 'timestamp';
  const zone = hasTimeZone ? '+00' : '';
  // In another zone, the last times of the type would be out of range.
  const guard = (row: Row) => (isLocal ? `${at(row)} < timestamp '${LAST_INSTANT}' and ` : '');
  const isBefore = (row: Row, instant: string) =>
    `(${guard(row)}${zoned(row)} < ${hasTimeZone ? instant : `((${instant}) at time zone 'UTC')`})`;
  return {
    isLate: (row) => isBefore(row, start),
    isOld: (row) => isBefore(row, clock),
    counts: (row) => `${zoned(row)} >= ${type} '${FIRST_INSTANT}${zone}'`,
    day: (row) => `floor(extract(epoch from ${zoned(row)}) * 1000 / ${dayMs})::integer`,
  };
}
