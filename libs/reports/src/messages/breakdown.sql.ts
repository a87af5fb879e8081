/** The gaps of an organization and of each of its channels, in SQL. */

import { raw, type Sql, sql } from '../message-table/sql.fragment';
import { channelNames } from './channel-names.sql';
import { gapSumOf, gapSumsWithoutIndex, gapSumWithoutIndex } from './gap-sums.sql';
import { DENSE, type GapTerms } from './gap-terms';
import { gapsByChannelWithoutIndex, gapsOf, gapsWithoutIndex } from './gaps.sql';
import { column, firstInstant, messages, milliseconds, timeType } from './message-columns.sql';
import { sampledAge } from './sampled-age.sql';

/** Selects the gaps of a scope in one of two forms: one by one, or added up. */
interface Wanted {
  /** @param age how old the last message is on average; default: sampled */
  withIndex: (scope: Sql, age?: Sql) => Sql;
  withoutIndex: (scope: Sql) => Sql;
  /** Selects the same for every channel, preceded by its `name`. */
  channelsWithoutIndex: (scope: Sql, channel: Sql) => Sql;
}

/** Selects the gaps one by one. */
export function gapRows(terms: GapTerms): Wanted {
  const rowsOf = (gaps: Sql, name = '') => sql`
      select ${raw(name)}${milliseconds(terms.table, raw('previous'))} as previous_ms,
        ${milliseconds(terms.table, raw('at'))} as at_ms
      from (${gaps}) gap`;
  return {
    withIndex: (scope, age) => rowsOf(gapsOf(terms, scope, age)),
    withoutIndex: (scope) => rowsOf(gapsWithoutIndex(terms, scope)),
    channelsWithoutIndex: (scope, channel) => rowsOf(gapsByChannelWithoutIndex(terms, scope, channel), 'name, '),
  };
}

/** Selects the sums of the gaps. */
export function gapSums(terms: GapTerms): Wanted {
  return {
    withIndex: (scope, age) => gapSumOf(terms, scope, age),
    withoutIndex: (scope) => gapSumWithoutIndex(terms, scope),
    channelsWithoutIndex: (scope, channel) => gapSumsWithoutIndex(terms, scope, channel),
  };
}

/**
 * Selects the `wanted` rows of an organization, with null as `name`, and of every channel that it has ever had.
 *
 * @param scope condition on the messages of the organization
 * @param isIndexed whether indexes serve the organization and its channels
 * @param hasWhole whether to include the organization, if messages have channels
 */
export function breakdownOf(terms: GapTerms, scope: Sql, wanted: Wanted, isIndexed: boolean, hasWhole = true): Sql {
  const { channel } = terms.table;
  const whole = isIndexed ? wanted.withIndex(scope) : wanted.withoutIndex(scope);
  if (channel === undefined)
    return sql`
    select null as name, whole.* from (${whole}) whole`;
  const [expressions, channels] = (isIndexed ? withIndex : withoutIndex)(terms, scope, column(channel), wanted);
  // A null of the same type as the names.
  const rowsOfWhole = sql`
    select (select name from _channels where false) as name, whole.* from (${whole}) whole
    union all`;
  return sql`
    with recursive ${expressions}${hasWhole ? rowsOfWhole : raw('')}
    select * from (${channels}) channels`;
}

/**
 * If skipping through each channel would take longer than reading all messages, every channel is treated as sparse,
 * however unevenly the messages are distributed. Then no channel needs a sample of its own.
 */
function withIndex(terms: GapTerms, scope: Sql, channel: Sql, wanted: Wanted): [Sql, Sql] {
  const { table, threshold } = terms;
  const oneChannel = sql`${scope} and ${channel} = channels.name`;
  const age = sql`case when (select is_sparse from _all) then ${threshold} else ${sampledAge(terms, oneChannel)} end`;
  const expressions = sql`_channels (name) as (${channelNames(table, scope, channel)}),
    _all (is_sparse) as materialized (
      select ${sampledAge(terms, scope)} * ${raw(DENSE)} * (select count(name) from _channels) > ${threshold}
    )`;
  const channels = sql`
    select channels.name, one.*
    from _channels channels
    cross join lateral (${wanted.withIndex(oneChannel, age)}) one
    where channels.name is not null`;
  return [expressions, channels];
}

/** One scan of all messages finds the names and the messages next to the range; another one reads the range. */
function withoutIndex(terms: GapTerms, scope: Sql, channel: Sql, wanted: Wanted): [Sql, Sql] {
  const { table, start, end, asOf, hasEdges } = terms;
  const at = column(table.createdAt);
  const edge = (aggregate: string, condition: Sql) =>
    hasEdges
      ? sql`${raw(aggregate)}(${at}) filter (where ${at} >= ${firstInstant(table)} and ${at} <= ${asOf} and ${condition})`
      : sql`null::${timeType(table)}`;
  const ofChannels = sql`${scope} and ${channel} is not null`;
  const expressions = sql`_channels (name, before, next) as materialized (
      select ${channel}, ${edge('max', sql`${at} < ${start}`)}, ${edge('min', sql`${at} > ${end}`)}
      from ${messages(table)}
      where ${ofChannels}
      group by ${channel}
    )`;
  return [expressions, wanted.channelsWithoutIndex(ofChannels, channel)];
}
