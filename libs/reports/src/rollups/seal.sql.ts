/**
 * Statements of the sealer: which days can be stored, and what is stored for each. They run in transactions that lock
 * the state.
 */

import type { MessageTable } from '../message-table/message-table';
import { Parameter, raw, type Sql, sql } from '../message-table/sql.fragment';
import {
  column,
  firstInstant,
  instant,
  lastInstant,
  messages,
  milliseconds,
  session,
} from '../messages/message-columns.sql';
import type { RollupStore } from './rollup-store';

/** Consecutive days of an organization, numbered since 1970. */
export interface DayRange {
  organization: string;
  from: number;
  /** The day after the last one. */
  until: number;
}

/** Which days to compute, and from which messages. */
interface DayTerms {
  table: MessageTable;
  store: RollupStore;
  range: DayRange;
  thresholdMs: number;
  dayMs: number;
}

const COLUMNS =
  'first_ms, last_ms, last_session, gap_starts, gap_ends, gap_sessions, gaps, excess_ms, longest_excess_ms';

/** Inserts the days of an organization. A day without messages gets a row as well, which says so. */
export function insertDays(terms: DayTerms): Sql {
  const { store, range } = terms;
  return sql`
    insert into ${raw(store.days)} (organization, day, ${raw(COLUMNS)})
    select ${new Parameter(range.organization)}::text, day, first_ms, last_ms, coalesce(last_session, ''),
      coalesce(gap_starts, '{}'), coalesce(gap_ends, '{}'), coalesce(gap_sessions, '{}'), coalesce(gaps, 0), coalesce(excess_ms, 0),
      coalesce(longest_excess_ms, 0)
    from generate_series(${new Parameter(range.from)}::integer, ${new Parameter(range.until - 1)}::integer) series (day)
    left join (${found(terms)}) found using (day)`;
}

/** Inserts the days of its channels, but only those with messages. */
export function insertChannelDays(terms: DayTerms, channel: Sql): Sql {
  return sql`
    insert into ${raw(terms.store.channelDays)} (organization, channel, day, ${raw(COLUMNS)})
    select ${new Parameter(terms.range.organization)}::text, name, day, first_ms, last_ms, coalesce(last_session, ''),
      coalesce(gap_starts, '{}'), coalesce(gap_ends, '{}'), coalesce(gap_sessions, '{}'), gaps, coalesce(excess_ms, 0),
      coalesce(longest_excess_ms, 0)
    from (${found(terms, channel)}) found`;
}

/**
 * Selects each day, and each channel if given, with the first and last messages and the gaps, in one ordered scan of
 * the messages.
 */
function found({ table, range, thresholdMs, dayMs }: DayTerms, channel?: Sql): Sql {
  const [at, id] = [column(table.createdAt), column(table.id)];
  const [start, end] = [new Date(range.from * dayMs), new Date(range.until * dayMs - 1)];
  const name = raw(channel ? 'name, ' : '');
  const day = sql`floor(ms / ${raw(dayMs)})::integer`;
  const isGap = raw('filter (where next - ms > threshold)');
  return sql`
      select ${name}day, min(ms) as first_ms, max(ms) as last_ms, max(session) filter (where next is null) as last_session,
        array_agg(ms order by ms) ${isGap} as gap_starts, array_agg(next order by ms) ${isGap} as gap_ends,
        array_agg(coalesce(session, '') order by ms) ${isGap} as gap_sessions,
        count(*) ${isGap} as gaps, sum(next - ms - threshold) ${isGap} as excess_ms,
        max(next - ms - threshold) ${isGap} as longest_excess_ms
      from (
        select ${name}ms, session, ${day} as day, ${new Parameter(thresholdMs)}::float8 as threshold,
          lead(ms) over (partition by ${name}${day} order by at, id) as next
        from (
          select ${channel ? sql`${channel}::text as name, ` : raw('')}${at} as at, ${id} as id, ${session(table)} as session,
            ${milliseconds(table, at)} as ms
          from ${messages(table)}
          where ${ofOrganization(table, range.organization)}${channel ? sql` and ${channel} is not null` : raw('')}
            and ${at} >= ${instant(table, start)} and ${at} <= ${lastInstant(table, end)}) sent
      ) paired
      group by ${name}day`;
}

/**
 * Selects each organization with the days of its first and last messages before the day `until`, and its stored days.
 * Days before the first and after the last message need not be stored, because there is nothing in them.
 */
export function spansStatement(table: MessageTable, store: RollupStore, until: number, dayMs: number): Sql {
  const { filter } = table;
  const [own, at] = [column(table.organization), column(table.createdAt)];
  const next = (condition: Sql) => sql`
        (select ${own} from ${messages(table)} where ${condition}${filter} order by ${own} limit 1)`;
  const edge = (direction: string) => sql`
      floor((select ${milliseconds(table, at)}
       from ${messages(table)}
       where ${own} = organizations.name and ${at} >= ${firstInstant(table)}
         and ${at} <= ${lastInstant(table, new Date(until * dayMs - 1))}${filter}
       order by ${at}${raw(direction)} limit 1) / ${raw(dayMs)})::integer`;
  return sql`
    with recursive _organizations (name) as (${next(raw('true'))}
      union all
      select${next(sql`${own} > organizations.name`)} from _organizations organizations where organizations.name is not null
    )
    select organizations.name::text as organization,${edge('')} as first,${edge(' desc')} as last, from_day, until_day
    from _organizations organizations
    left join ${raw(store.spans)} spans on spans.organization = organizations.name::text
    where organizations.name is not null`;
}

/** The condition that the messages of an organization meet. */
export function ofOrganization({ organization, filter }: MessageTable, name: string): Sql {
  return sql`${column(organization)} = ${new Parameter(name)}${filter}`;
}
