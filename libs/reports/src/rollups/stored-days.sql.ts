/** Selects stored days in the reader's snapshot: those that agree with the messages in it. */

import type { Column } from '../message-table/message-table';
import { join, Parameter, raw, type Sql, sql } from '../message-table/sql.fragment';
import type { MessageScope } from '../messages/message-scope';
import { fingerprintOfMarking } from './fingerprint';
import { TRIGGER_NAMES } from './marks.sql';
import type { SealingTerms } from './sealing';
import { partitionsOf } from './state.sql';

/** Days from `from` up to, but not including, `until`, numbered since 1970. */
export interface Days {
  from: number;
  until: number;
}

const ENDS = 'first_ms, last_ms, last_session';
const GAPS = 'gap_starts, gap_ends, gap_sessions';

/**
 * Selects the usable days of a scope with their gaps, in order of time. If there are more than `maximumGaps`, no gaps
 * are selected.
 *
 * @param maximumGaps Infinity for all
 */
export function storedDays(terms: SealingTerms, scope: MessageScope, days: Days, maximumGaps: number): Sql {
  const { table, store } = terms;
  const { channel } = scope;
  const content =
    channel === undefined
      ? raw('select null::text as channel, * from usable')
      : sql`
      select own.channel, usable.organization, usable.day, ${raw(of('own', `${ENDS}, ${GAPS}, gaps`))}
      from usable
      left join ${raw(store.channelDays)} own on own.organization = usable.organization and own.day = usable.day
        and own.channel = ${storedName(table.channel!, channel)}`;
  return sql`
    with usable as materialized (${usableDays(terms, scope.organizationId, days)}),
    content as materialized (${content})${sentUpTo(maximumGaps)}
    order by day`;
}

/** Selects the same for an organization and each of its channels that has messages; the organization has a null as `channel`. */
export function storedDaysByChannel(terms: SealingTerms, organization: string, days: Days, maximumGaps: number): Sql {
  const columns = `organization, day, ${ENDS}, ${GAPS}, gaps`;
  return sql`
    with usable as materialized (${usableDays(terms, organization, days)}),
    content as materialized (
      select null::text as channel, ${raw(columns)} from usable
      union all
      select channel, ${raw(of('own', columns))}
      from usable
      join ${raw(terms.store.channelDays)} own on own.organization = usable.organization and own.day = usable.day
    )${sentUpTo(maximumGaps)}
    order by channel nulls first, day`;
}

/** Selects the numbers of the usable days of an organization. */
export function storedDayNumbers(terms: SealingTerms, organization: string, days: Days): Sql {
  return sql`select day from (${usableDays(terms, organization, days)}) usable order by day`;
}

/** Selects the sums of consecutive usable days, for an organization and each of its channels that has messages. */
export function storedSums(terms: SealingTerms, organization: string, { from, until }: Days): Sql {
  const { table, store, thresholdMs } = terms;
  // Of the collations, this one sorts fastest.
  const sumsOf = (source: string, channel: string) => sql`
    select channel, min(first_ms) as first_ms, max(last_ms) as last_ms, sum(gaps)::float8 + count(excess_after_ms) as gaps,
      sum(excess_ms) + coalesce(sum(excess_after_ms), 0) as excess_ms,
      greatest(max(longest_excess_ms), max(excess_after_ms)) as longest_excess_ms
    from (
      select ${raw(channel)} collate "C" as channel, first_ms, last_ms, gaps, excess_ms, longest_excess_ms,
        nullif(greatest(lead(first_ms) over (partition by ${raw(channel)} collate "C" order by day) - last_ms
          - ${new Parameter(thresholdMs)}::float8, 0), 0) as excess_after_ms
      from ${raw(source)}
      where organization = ${storedName(table.organization, organization)}
        and day >= ${new Parameter(from)}::integer and day < ${new Parameter(until)}::integer and first_ms is not null) stored
    group by channel`;
  return sql`${sumsOf(store.days, 'null::text')}
    union all${sumsOf(store.channelDays, 'channel')}`;
}

/**
 * Selects the stored days of an organization that no write has touched. There are none if they were stored with other
 * options, or if the triggers may have missed writes.
 */
function usableDays(terms: SealingTerms, organization: string, { from, until }: Days): Sql {
  const { table, store, settings, fingerprint } = terms;
  const marking = fingerprintOfMarking(table, settings);
  const messages = `'${store.messages.replaceAll("'", "''")}'::regclass`;
  const triggers = `select count(*) from pg_trigger where tgrelid = ${messages} and tgenabled = 'A' and tgname in ('${TRIGGER_NAMES.join("', '")}')`;
  return sql`
      select stored.*
      from ${raw(store.days)} stored
      where stored.organization = ${storedName(table.organization, organization)}
        and stored.day >= ${new Parameter(from)}::integer and stored.day < ${new Parameter(until)}::integer
        and (select fingerprint = ${new Parameter(fingerprint)} and marking = ${new Parameter(marking)}
               and partitions @> ${raw(partitionsOf(store))} and (${raw(triggers)}) = ${raw(TRIGGER_NAMES.length)}
             from ${raw(store.state)})
        and not exists (select from ${raw(store.marks)} where organization = stored.organization and day = stored.day)
        and not exists (select from ${raw(store.marks)} where organization is null and (day is null or day = stored.day))`;
}

/** The text into which the triggers and the sealer convert a value of the column. */
function storedName({ type, key }: Column, name: string): Sql {
  return key === undefined ? sql`${new Parameter(name)}::text` : sql`(${new Parameter(name)}::${raw(type.name)})::text`;
}

function sentUpTo(maximumGaps: number): Sql {
  const wanted =
    maximumGaps === Infinity ? raw('true') : sql`total.gaps <= ${new Parameter(String(maximumGaps))}::float8`;
  const gaps = GAPS.split(', ').map((name) => sql`case when ${wanted} then ${raw(name)} end as ${raw(name)}`);
  return sql`
    select channel, day, ${raw(ENDS)}, total.gaps as total_gaps, ${join(gaps, ', ')}
    from content
    cross join (select coalesce(sum(gaps), 0)::float8 as gaps from content) total`;
}

function of(source: string, columns: string): string {
  return columns
    .split(', ')
    .map((name) => `${source}.${name}`)
    .join(', ');
}
