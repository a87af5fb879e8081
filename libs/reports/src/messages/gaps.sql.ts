/** The gaps between the messages of a scope, in SQL. */

import { raw, type Sql, sql } from '../message-table/sql.fragment';
import { beforeRange, DENSE, firstAfter, firstMessage, type GapTerms } from './gap-terms';
import { column, messages, session, timeType } from './message-columns.sql';
import { sampledAge } from './sampled-age.sql';
import { SKIP_SCAN_START, skipScan } from './skip-scan.sql';
import { windowScan } from './window-scan.sql';

/**
 * If most messages are followed by a gap, the last message is on average at least this old in a sample, as a fraction
 * of the threshold.
 */
const SILENT = 0.4;

/**
 * Selects the gaps of a scope as rows of `previous`, `session` and `at`, in no order.
 *
 * The earliest row pairs the last message before the range with the first one in it. If there is none, or if edges are
 * not read, its `previous` is null. The latest row begins with the last message of the range. The other rows are gaps. A
 * session is null if it has not been read along with its message.
 *
 * Messages of a sparse range are read by a window function, because there is nothing to skip. It stops after as many as
 * a sparse range can have. A skip scan continues from the last message that it has read; in a dense range, it starts
 * from the first message. The length of the range therefore bounds the cost, whatever the samples say.
 *
 * @param scope condition on the messages, which an index serves together with an order by time
 * @param age how old the last message is on average
 */
export function gapsOf(terms: GapTerms, scope: Sql, age = sampledAge(terms, scope)): Sql {
  const { end, threshold, denseCount, hasSessions } = terms;
  const limitIf = (condition: Sql) => sql`(select case when ${condition} then ${denseCount} else 0 end from _sampled)`;
  const isOlder = (thresholds: number) => sql`age > ${threshold} * ${raw(thresholds)}`;
  const isSparse = isOlder(1 / DENSE);
  const sparse = windowScan(terms, {
    scope,
    limit: limitIf(hasSessions ? sql`${isSparse} and not ${isOlder(SILENT)}` : isSparse),
  });
  // If most messages are followed by a gap, reading all sessions takes less time than looking up each one later.
  const silent = () => windowScan(terms, { scope, hasSessions: true, limit: limitIf(isOlder(SILENT)) });
  return sql`
    with recursive _sampled (age) as materialized (select ${age}),
    _first (previous, session, at) as materialized (
      select before.at, before.session,${firstMessage(terms, scope)}
      from ${beforeRange(terms, scope)}
    ),
    _window_scan (previous, at, session) as materialized (
      select previous, at, null::text from (${sparse}) sparse${
        hasSessions
          ? sql`
      union all
      select previous, at, session from (${silent()}) silent`
          : raw('')
      }
    ),
    _skip_scan (previous, at) as (${skipScan(terms, scope, SKIP_SCAN_START)}
    )
    select previous, session, at from _first
    union all
    select previous, session, at from _window_scan where at is not null
    union all
    select previous, null, at
    from _skip_scan
    where case when previous is not null and (at is null or at > ${end} or at - previous > ${threshold}) then 1 end = 1`;
}

/**
 * Selects the same where no index serves the scope: with one scan for the range and, if edges are read, two more for
 * the messages next to it.
 */
export function gapsWithoutIndex(terms: GapTerms, scope: Sql): Sql {
  const { table, end, threshold, hasEdges, hasSessions } = terms;
  const next = hasEdges ? firstAfter(terms, scope, end) : sql`null::${timeType(table)}`;
  const own = raw(hasSessions ? 'session' : 'null');
  return sql`
    with _window_scan as materialized (${windowScan(terms, { scope, hasSessions })}
    ),
    _next (at) as materialized (select ${next})
    select before.at as previous, before.session,
      coalesce((select previous from _window_scan where is_first), (select at from _next)) as at
    from ${beforeRange(terms, scope)}
    union all
    select previous, ${own}, coalesce(at, (select at from _next))
    from _window_scan
    where at is null or at - previous > ${threshold}`;
}

/**
 * Selects the same for each channel, with its `name`.
 *
 * @param channel the column of the channel
 */
export function gapsByChannelWithoutIndex(terms: GapTerms, scope: Sql, channel: Sql): Sql {
  return sql`
    with _window_scan as materialized (${windowScan(terms, { scope, partition: channel })}
    )
    select channels.name, channels.before as previous, coalesce(first.previous, channels.next) as at
    from _channels channels
    left join _window_scan first on first.name = channels.name and first.is_first
    union all
    select name, previous, coalesce(pair.at, channels.next)
    from _window_scan pair
    join _channels channels using (name)
    where pair.at is null or pair.at - previous > ${terms.threshold}`;
}

/** The session of the message before a gap. Columns are qualified, since the table and the gap may share names. */
export function sessionBefore({ table, start, end }: GapTerms, scope: Sql): Sql {
  const at = column(table.createdAt);
  return sql`
      (select ${session(table)}
       from ${messages(table)}
       where ${scope} and ${at} >= ${start} and ${at} <= ${end} and ${at} = gap.previous
       order by ${column(table.id)} desc limit 1)`;
}
