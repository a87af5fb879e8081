/**
 * Gaps found by jumping through an index, at a cost bounded by the length of the range, however many messages it holds.
 */

import { raw, type Sql, sql } from '../message-table/sql.fragment';
import { firstAfter, type GapTerms } from './gap-terms';
import { column, messages, timeType } from './message-columns.sql';

/**
 * The skip scan first looks for a message near the end of the threshold: this many times as far from the end as the
 * message found in the step before.
 */
const REACH = 8;

/**
 * The threshold divided by this is the shortest distance to look: messages exactly at the end of the threshold would
 * reduce it to zero.
 */
const SHORTEST_REACH = 64;

/**
 * Steps from a message to the last one within the threshold. If there is none, a gap begins, and the next message up to
 * `asOf` ends it. Any two steps together cover more than the threshold, so the length of the range bounds the number of
 * steps. An index is read in whole pages, so the last message is first looked for near the end of the threshold, where
 * the step before found one. `exists` would read more naturally than these probes, but the planner answers it with a
 * sequential scan.
 *
 * This is the body of a recursive `_skip_scan (previous, at)`. Probes name the bounds of the range in addition to their
 * own, which change with every step: the planner can leave out partitions only by comparing them with constants.
 *
 * @param from the instant of the message to begin at; nothing happens if it is null
 */
export function skipScan(terms: GapTerms, scope: Sql, from: Sql): Sql {
  const { table, start, end, threshold } = terms;
  const at = column(table.createdAt);
  const lastWithinThreshold = (after: Sql) => sql`
          (select ${at}
           from ${messages(table)}
           where ${scope} and ${at} >= ${start} and ${at} <= ${end}
             and ${at} > ${after} and ${at} <= step.at + ${threshold}
           order by ${at} desc limit 1)`;
  const reach = sql`greatest(${raw(REACH)} * (step.previous + ${threshold} - step.at), ${threshold} / ${raw(SHORTEST_REACH)})`;
  const nearEnd = sql`greatest(step.at, step.at + ${threshold} - ${reach})`;
  const message = raw('step.at');
  return sql`
      select null::${timeType(table)}, ${from}
      union all
      select
        step.at,
        coalesce(${lastWithinThreshold(nearEnd)},${lastWithinThreshold(message)},${firstAfter(terms, scope, message)})
      from _skip_scan step
      where step.at <= ${end}`;
}

/** Where a skip scan starts: at the last message that a window scan has read, or else at the first message. */
export const SKIP_SCAN_START = raw(
  'coalesce((select previous from _window_scan where at is null), (select at from _first))',
);
