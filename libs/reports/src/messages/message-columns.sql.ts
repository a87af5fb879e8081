/**
 * The columns of the messages table, which is always aliased as `m`, and conversions from and to the types of the
 * reports.
 */

import { isText } from '../message-table/column-type';
import type { Column, MessageTable, TimeColumn } from '../message-table/message-table';
import { Parameter, raw, type Sql, sql } from '../message-table/sql.fragment';

const UNITS_MS = { ms: 1, s: 1000 };

/** The first instant that has a text in the API. */
const FIRST_INSTANT_MS = Date.parse('0001-01-01T00:00:00Z');

/** Stands for the last fraction of a millisecond; finer than any clock of a chat. */
const LAST_FRACTION = '0.999999999';

/** The table as a source of rows. */
export function messages({ source }: MessageTable): Sql {
  return source;
}

/** A column of the table. */
export function column({ sql: text }: Column): Sql {
  return text;
}

/**
 * The type of the time column. Statements compare and subtract in this type, so that comparisons can use an index on
 * the column.
 */
export function timeType({ createdAt }: MessageTable): Sql {
  if (createdAt.epoch) return raw(createdAt.type.name);
  return raw(createdAt.hasTimeZone ? 'timestamptz' : 'timestamp');
}

/** The first instant within a millisecond, in the type of the time column. */
export function instant({ createdAt }: MessageTable, at: Date): Sql {
  return createdAt.epoch ? number(createdAt, at.getTime(), Math.ceil) : timestamp(createdAt, text(at));
}

/**
 * The last instant within a millisecond that the column can hold, so that `<=` matches all microseconds of that
 * millisecond.
 */
export function lastInstant({ createdAt }: MessageTable, at: Date): Sql {
  if (createdAt.epoch) return number(createdAt, at.getTime(), Math.floor, LAST_FRACTION);
  return timestamp(createdAt, createdAt.hasMicroseconds ? text(at).replace('Z', '999Z') : text(at));
}

/** A time between two instants, in the type of their difference. */
export function duration({ createdAt }: MessageTable, milliseconds: number): Sql {
  if (createdAt.epoch) return number(createdAt, milliseconds, Math.floor);
  return sql`${new Parameter(`${milliseconds} milliseconds`)}::interval`;
}

/**
 * The first instant of a message that counts. Earlier ones, such as `-infinity`, have no text in the API and stand for
 * an unknown time.
 */
export function firstInstant({ createdAt }: MessageTable): Sql {
  if (createdAt.epoch) return raw(FIRST_INSTANT_MS / UNITS_MS[createdAt.epoch]);
  return raw(createdAt.hasTimeZone ? `timestamptz '0001-01-01T00:00:00Z'` : `timestamp '0001-01-01T00:00:00'`);
}

/** Whole milliseconds since 1970. Microseconds are truncated, as in JavaScript's Date. */
export function milliseconds({ createdAt }: MessageTable, at: Sql): Sql {
  if (!createdAt.epoch) return roundedMs(truncated(createdAt, at));
  const value = epochMilliseconds(createdAt, at);
  return createdAt.hasMicroseconds ? sql`floor(${value})::float8` : sql`(${value})::float8`;
}

/**
 * Whole milliseconds between two instants, each of them truncated. This takes less time than subtracting two results of
 * `milliseconds`.
 */
export function elapsedMs(table: MessageTable, from: Sql, to: Sql): Sql {
  const { createdAt } = table;
  if (createdAt.epoch) return sql`(${milliseconds(table, to)} - ${milliseconds(table, from)})`;
  return roundedMs(sql`${truncated(createdAt, to)} - ${truncated(createdAt, from)}`);
}

function truncated({ hasMicroseconds }: TimeColumn, at: Sql): Sql {
  return hasMicroseconds ? sql`date_trunc('milliseconds', ${at})` : at;
}

/**
 * Milliseconds of an instant or interval that has whole ones. `extract` would return a `numeric`, which takes three times as
 * long; rounding removes the error of double precision.
 */
function roundedMs(of: Sql): Sql {
  return sql`round(date_part('epoch', ${of}) * 1000)`;
}

/** The session as text. */
export function session({ session: own }: MessageTable): Sql {
  return isText(own.type) ? column(own) : sql`${column(own)}::text`;
}

/** PostgreSQL rejects the sign before a five-digit year (the end of 9999-12-31). */
function text(at: Date): string {
  return at.toISOString().replace(/^\+0*/, '');
}

function timestamp({ hasTimeZone }: TimeColumn, at: string): Sql {
  const parameter = sql`${new Parameter(at)}::timestamptz`;
  return hasTimeZone ? parameter : sql`(${parameter} at time zone 'UTC')`;
}

/**
 * Milliseconds in the unit of an epoch. For a column of integers, a fraction is rounded, which neither adds nor
 * excludes any number. The result must be an integer: to compare an integer column with a decimal, PostgreSQL would
 * convert the column, and no index would serve.
 *
 * @param fraction of a millisecond, to add where the column can hold it
 */
function number(
  { epoch, hasMicroseconds }: TimeColumn,
  milliseconds: number,
  round: (value: number) => number,
  fraction = '0',
): Sql {
  const unitMs = UNITS_MS[epoch!];
  if (!hasMicroseconds) return sql`${new Parameter(String(round(milliseconds / unitMs)))}::bigint`;
  return sql`((${new Parameter(String(milliseconds))}::numeric + ${raw(fraction)}) * ${raw(1 / unitMs)})`;
}

/** An integer is widened first, since its product may not fit. */
function epochMilliseconds({ epoch }: TimeColumn, at: Sql): Sql {
  return epoch === 's' ? sql`${at}::numeric * 1000` : at;
}
