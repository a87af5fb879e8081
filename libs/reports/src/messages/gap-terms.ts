/**
 * The building blocks of statements about gaps: the range in the types that are compared, and the probes for single
 * messages.
 */

import type { MessageTable } from '../message-table/message-table';
import { Parameter, raw, type Sql, sql } from '../message-table/sql.fragment';
import {
  column,
  duration,
  firstInstant,
  instant,
  lastInstant,
  messages,
  session,
  timeType,
} from './message-columns.sql';
import type { MessageRange } from './message-scope';

/** With at least this many messages per threshold, a range is dense: a skip scan takes no longer than reading all of it. */
export const DENSE = 12;

/** A range in the types that the statement compares. */
export interface GapTerms {
  table: MessageTable;
  start: Sql;
  end: Sql;
  /** How far to look past the range: `asOf`, or its end. */
  asOf: Sql;
  threshold: Sql;
  thresholdMs: Sql;
  /** The number of messages from which the range counts as dense. */
  denseCount: Sql;
  /** Whether the messages next to the range are read as well. */
  hasEdges: boolean;
  /** Whether the session before each gap is wanted. */
  hasSessions: boolean;
}

/** Binds a range and a threshold to the parameters of a statement. */
export function gapTerms(table: MessageTable, range: MessageRange, thresholdMs: number, hasSessions = true): GapTerms {
  const { start, end, asOf = end } = range;
  // A range that begins after `asOf` ends before it begins.
  const rangeMs = Math.max(0, end.getTime() - start.getTime());
  return {
    table,
    thresholdMs: sql`${new Parameter(thresholdMs)}::float8`,
    start: instant(table, start),
    end: lastInstant(table, end),
    asOf: lastInstant(table, asOf),
    threshold: duration(table, thresholdMs),
    denseCount: sql`${new Parameter(Math.ceil((DENSE * rangeMs) / thresholdMs))}::bigint`,
    hasEdges: range.asOf !== undefined,
    hasSessions,
  };
}

/**
 * One row with the last message before the range as `at` and `session`, which are null if there is none or if edges are
 * not read.
 */
export function beforeRange({ table, start, asOf, hasEdges, hasSessions }: GapTerms, scope: Sql): Sql {
  if (!hasEdges) return sql`(select null::${timeType(table)} as at, null::text as session) before`;
  const at = column(table.createdAt);
  const [own, order] = hasSessions
    ? [session(table), sql`${at} desc, ${column(table.id)} desc`]
    : [raw('null::text'), sql`${at} desc`];
  return sql`
        (select) one
        left join (
          select ${at} as at, ${own} as session
          from ${messages(table)}
          where ${scope} and ${at} >= ${firstInstant(table)} and ${at} < ${start} and ${at} <= ${asOf}
          order by ${order} limit 1) before on true`;
}

/** The instant of the first message of the range, or the first one after it up to `asOf`. */
export function firstMessage({ table, start, asOf }: GapTerms, scope: Sql): Sql {
  const at = column(table.createdAt);
  return sql`
        (select ${at}
         from ${messages(table)}
         where ${scope} and ${at} >= ${start} and ${at} <= ${asOf}
         order by ${at} limit 1)`;
}

/** The instant of the first message after another one of the range, up to `asOf`. */
export function firstAfter({ table, start, asOf }: GapTerms, scope: Sql, from: Sql): Sql {
  const at = column(table.createdAt);
  return sql`
          (select ${at}
           from ${messages(table)}
           where ${scope} and ${at} >= ${start} and ${at} > ${from} and ${at} <= ${asOf}
           order by ${at} limit 1)`;
}
