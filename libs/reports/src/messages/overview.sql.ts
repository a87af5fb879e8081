/** The gaps of a scope, and those of its organization and each channel, in one statement. */

import type { Indexes } from '../message-table/index-state';
import type { MessageTable } from '../message-table/message-table';
import { Parameter, raw, type Sql, sql } from '../message-table/sql.fragment';
import { breakdownOf, gapRows, gapSums } from './breakdown.sql';
import { gapTerms } from './gap-terms';
import type { MessageRange } from './message-scope';
import { conditionOf, gapsStatement } from './statements.sql';

/** What an overview reads of the organization and each channel. */
interface OverviewLimits {
  /** Whether gaps are added up instead of selected one by one. */
  isSummed: boolean;
  /**
   * Maximum number of rows of gaps, for the report and for the breakdown each. One more is selected, to show that there
   * are more.
   */
  maximumRows: number;
}

/**
 * Selects as part 1 what `gapsStatement` selects, and as part 2 what a breakdown selects. One statement reads one
 * snapshot, so both parts agree. Without a channel, the report is on the whole organization, which part 2 then leaves
 * out.
 *
 * The rows of part 2 are in the order of their channels' names.
 */
export function overviewStatement(
  table: MessageTable,
  range: MessageRange,
  thresholdMs: number,
  indexes: Indexes,
  { isSummed, maximumRows }: OverviewLimits,
): Sql {
  const limit = maximumRows === Infinity ? raw('') : sql` limit ${new Parameter(maximumRows + 1)}`;
  const isIndexed = range.channel === undefined ? indexes.organization : indexes.channel;
  const report = sql`
      select 1 as part, 0 as number, null::text as channel,
        previous_ms, at_ms, session_id, ${NO_SUMS}
      from (${gapsStatement(table, range, thresholdMs, isIndexed)}${limit}) report`;
  const breakdown = ofChannels(table, range, thresholdMs, indexes.allChannels, isSummed);
  const both = sql`${report}
      union all
      (${breakdown ?? raw('')}${isSummed ? raw('') : limit})`;
  return sql`
    select part, channel, previous_ms, at_ms, session_id, last_ms, next_ms, gaps, excess_ms, longest_excess_ms
    from (${breakdown === undefined ? report : both}) overview
    order by part, number`;
}

const NO_SUMS = raw(
  'null::float8 as last_ms, null::float8 as next_ms, null::float8 as gaps, null::float8 as excess_ms, null::float8 as longest_excess_ms',
);

/** Part 2; undefined if messages have no channel. */
function ofChannels(
  table: MessageTable,
  { organizationId, channel, ...range }: MessageRange,
  thresholdMs: number,
  isIndexed: boolean,
  isSummed: boolean,
): Sql | undefined {
  if (table.channel === undefined) return undefined;
  const terms = gapTerms(table, { organizationId, ...range }, thresholdMs, false);
  const scope = conditionOf(table, { organizationId });
  const parts = breakdownOf(terms, scope, (isSummed ? gapSums : gapRows)(terms), isIndexed, channel !== undefined);
  if (isSummed) {
    return sql`
      select 2, row_number() over (order by name nulls first), name::text, last_before_ms, first_ms, null::text,
        last_ms, next_ms, gaps, excess_ms, longest_excess_ms
      from (${parts}) part`;
  }
  return sql`
      select 2, row_number() over (order by name nulls first) as number, name::text,
        previous_ms, at_ms, null::text, ${NO_SUMS}
      from (${parts}) part`;
}
