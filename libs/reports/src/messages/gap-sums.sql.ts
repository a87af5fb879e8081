/**
 * The gaps between the messages of a scope, counted and added up by the database: many channels can have millions of
 * them.
 */

import { raw, type Sql, sql } from '../message-table/sql.fragment';
import { beforeRange, DENSE, firstAfter, firstMessage, type GapTerms } from './gap-terms';
import { elapsedMs, milliseconds, timeType } from './message-columns.sql';
import { sampledAge } from './sampled-age.sql';
import { skipScan } from './skip-scan.sql';
import { windowScan } from './window-scan.sql';

/**
 * Selects one row. It has the times of the messages next to the edges of the range as `last_before_ms`, `first_ms`,
 * `last_ms` and `next_ms`. For the gaps between messages of the range, it has their number as `gaps`, and by how much
 * they exceed the threshold: all together as `excess_ms`, the longest one as `longest_excess_ms`. Messages are read as
 * `gapsOf` reads them.
 */
export function gapSumOf(terms: GapTerms, scope: Sql, age = sampledAge(terms, scope)): Sql {
  const { end, threshold, denseCount } = terms;
  const limit = sql`(select case when age > ${threshold} / ${raw(DENSE)} then ${denseCount} else 0 end from _sampled)`;
  const steps = sql`
        select previous, case when at <= ${end} then at end as at, case when at > ${end} then at end as next
        from _skip_scan
        where case when at is null or at > ${end} or at - previous > ${threshold} then 1 end = 1`;
  return sql`
    with recursive _sampled (age) as materialized (select ${age}),
    _first (previous, at) as materialized (
      select before.at,${firstMessage(terms, scope)}
      from ${beforeRange(terms, scope)}
    ),
    _window_scan as materialized (${sumOf(terms, windowScan(terms, { scope, limit }))}
    ),
    _skip_scan (previous, at) as (${skipScan(terms, scope, sql`coalesce((select last from _window_scan), (select at from _first))`)}
    )
    select ${edges(terms, 'first.previous', 'first.at', 'step.last', 'step.next')},
      read.gaps + step.gaps as gaps, read.excess_ms + step.excess_ms as excess_ms,
      greatest(read.longest_excess_ms, step.longest_excess_ms) as longest_excess_ms
    from _first first
    cross join _window_scan read
    cross join (${sumOf(terms, steps, raw('max(next) as next,'))}) step`;
}

/** Selects the same where no index serves the scope. */
export function gapSumWithoutIndex(terms: GapTerms, scope: Sql): Sql {
  const next = terms.hasEdges ? firstAfter(terms, scope, terms.end) : sql`null::${timeType(terms.table)}`;
  return sql`
    select ${edges(terms, 'before.at', 'coalesce(read.first, next.at)', 'read.last', 'next.at')}, read.gaps, read.excess_ms,
      read.longest_excess_ms
    from ${beforeRange(terms, scope)}
    cross join (${sumOf(terms, windowScan(terms, { scope }), raw('min(previous) filter (where is_first) as first,'))}) read
    cross join (select ${next} as at) next`;
}

/**
 * Selects the same, with the `name`, for each channel.
 *
 * @param channel the column of the channel
 */
export function gapSumsWithoutIndex(terms: GapTerms, scope: Sql, channel: Sql): Sql {
  const first = raw('name, min(previous) filter (where is_first) as first,');
  return sql`
    select channels.name,
      ${edges(terms, 'channels.before', 'coalesce(read.first, channels.next)', 'read.last', 'channels.next')},
      coalesce(read.gaps, 0) as gaps, coalesce(read.excess_ms, 0) as excess_ms,
      coalesce(read.longest_excess_ms, 0) as longest_excess_ms
    from _channels channels
    left join (${sumOf(terms, windowScan(terms, { scope, partition: channel }), first)}
      group by name) read using (name)`;
}

/**
 * Adds up pairs of messages of the range; the last message has no other to pair with. Not every pair is longer than the
 * threshold: the first one of a scan without a limit may be shorter, and so may one with microseconds once these are
 * truncated.
 */
function sumOf({ table, thresholdMs }: GapTerms, pairs: Sql, columns = raw('')): Sql {
  const excess = sql`nullif(greatest(${elapsedMs(table, raw('previous'), raw('at'))} - ${thresholdMs}, 0), 0)`;
  // Without the offset, the planner would measure each gap wherever it is used.
  return sql`
      select ${columns}
        max(previous) filter (where at is null) as last,
        count(excess_ms)::float8 as gaps, coalesce(sum(excess_ms), 0) as excess_ms,
        coalesce(max(excess_ms), 0) as longest_excess_ms
      from (select *, ${excess} as excess_ms from (${pairs}) pair offset 0) measured`;
}

function edges({ table }: GapTerms, ...instants: [before: string, first: string, last: string, next: string]): Sql {
  const [before, first, last, next] = instants.map((at) => milliseconds(table, raw(at))) as [Sql, Sql, Sql, Sql];
  return sql`${before} as last_before_ms, ${first} as first_ms, ${last} as last_ms, ${next} as next_ms`;
}
