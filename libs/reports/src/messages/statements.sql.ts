/**
 * The statements over messages. Where an index serves them, every probe for messages is an `order by … limit` that an
 * index on organization, time and id, or one that also has the channel, answers in order. Otherwise, they read all
 * messages, a fixed number of times. `statements/` holds the statements as PostgreSQL receives them.
 */

import type { Column, MessageTable } from '../message-table/message-table';
import { Parameter, raw, type Sql, sql } from '../message-table/sql.fragment';
import { breakdownOf, gapRows, gapSums } from './breakdown.sql';
import { channelNames } from './channel-names.sql';
import { gapTerms } from './gap-terms';
import { gapsOf, gapsWithoutIndex, sessionBefore } from './gaps.sql';
import { column, firstInstant, lastInstant, messages, milliseconds, session } from './message-columns.sql';
import type { MessageRange, MessageScope } from './message-scope';

/**
 * Selects the gaps of a scope, and the messages at its edges, in no order: they are almost sorted, so that sorting them
 * outside the database takes less time.
 *
 * @param isIndexed whether an index serves the scope
 */
export function gapsStatement(table: MessageTable, range: MessageRange, thresholdMs: number, isIndexed: boolean): Sql {
  const terms = gapTerms(table, range, thresholdMs);
  const scope = conditionOf(table, range);
  const ownSession = isIndexed ? sql`coalesce(gap.session,${sessionBefore(terms, scope)})` : raw('gap.session');
  return sql`
    select
      ${milliseconds(table, raw('previous'))} as previous_ms,
      ${milliseconds(table, raw('at'))} as at_ms,
      ${ownSession} as session_id
    from (${isIndexed ? gapsOf(terms, scope) : gapsWithoutIndex(terms, scope)}
    ) gap`;
}

/**
 * Selects the gaps, without sessions, of an organization and of each of its channels. One statement reads one snapshot,
 * so the parts agree with the whole, whatever is written meanwhile.
 *
 * The rows of the organization come first, with `channel` null; where messages have no channel, there are no others.
 *
 * @param isIndexed whether indexes serve the organization and its channels
 */
export function breakdownStatement(
  table: MessageTable,
  range: MessageRange,
  thresholdMs: number,
  isIndexed: boolean,
): Sql {
  const terms = gapTerms(table, range, thresholdMs, false);
  return sql`
    select name::text as channel, previous_ms, at_ms
    from (${breakdownOf(terms, conditionOf(table, range), gapRows(terms), isIndexed)}) part
    order by name nulls first`;
}

/** Selects the sums of the gaps instead: one row for the organization, and one for each channel. */
export function gapSumsStatement(
  table: MessageTable,
  range: MessageRange,
  thresholdMs: number,
  isIndexed: boolean,
): Sql {
  const terms = gapTerms(table, range, thresholdMs, false);
  return sql`
    select name::text as channel, last_before_ms, first_ms, last_ms, next_ms, gaps, excess_ms, longest_excess_ms
    from (${breakdownOf(terms, conditionOf(table, range), gapSums(terms), isIndexed)}) part
    order by name nulls first`;
}

/**
 * Selects each channel of an organization, sorted by name, with its first and last messages up to an instant.
 *
 * @param ofChannel the column of the table that holds the channel
 * @param isIndexed whether an index serves the channels
 */
export function channelsStatement(
  table: MessageTable,
  ofChannel: Column,
  scope: MessageScope,
  until: Date,
  isIndexed: boolean,
): Sql {
  const [channel, at] = [column(ofChannel), column(table.createdAt)];
  const ofOrganization = conditionOf(table, scope);
  const counts = sql`${at} >= ${firstInstant(table)} and ${at} <= ${lastInstant(table, until)}`;
  if (!isIndexed) {
    const edge = (aggregate: string) => milliseconds(table, sql`${raw(aggregate)}(${at}) filter (where ${counts})`);
    return sql`
    select ${channel}::text as channel, ${edge('min')} as first_ms, ${edge('max')} as last_ms
    from ${messages(table)}
    where ${ofOrganization} and ${channel} is not null
    group by ${channel}
    order by ${channel}`;
  }
  const probe = (direction: Sql) => sql`
        (select ${milliseconds(table, at)}
         from ${messages(table)}
         where ${ofOrganization} and ${channel} = channels.name and ${counts}
         order by ${at}${direction} limit 1)`;
  return sql`
    with recursive _channels (name) as (${channelNames(table, ofOrganization, channel)})
    select channels.name::text as channel, ${probe(raw(''))} as first_ms, ${probe(raw(' desc'))} as last_ms
    from _channels channels
    where channels.name is not null
    order by channels.name`;
}

/** Selects the last message of a scope up to an instant. */
export function lastMessageStatement(table: MessageTable, scope: MessageScope, until: Date): Sql {
  const at = column(table.createdAt);
  return sql`
    select ${milliseconds(table, at)} as at_ms, ${session(table)} as session_id
    from ${messages(table)}
    where ${conditionOf(table, scope)}
      and ${at} >= ${firstInstant(table)} and ${at} <= ${lastInstant(table, until)}
    order by ${at} desc, ${column(table.id)} desc limit 1`;
}

/** The condition that the messages of a scope meet. */
export function conditionOf({ organization, channel, filter }: MessageTable, scope: MessageScope): Sql {
  const ofOrganization = sql`${column(organization)} = ${new Parameter(scope.organizationId)}`;
  if (scope.channel === undefined) return sql`${ofOrganization}${filter}`;
  return sql`${ofOrganization} and ${column(channel!)} = ${new Parameter(scope.channel)}${filter}`;
}
