/**
 * The statements over messages. Each is one SQL text with bound parameters; every probe in it is an `order by … limit 1`
 * that an index on organization, time and id (or the channel's) answers with one row.
 *
 * $1 organization, $2 start and $3 end of the range, $4 threshold, $5 horizon, $6 channel or, without one, what comes next:
 * the values of the filter
 */

import { isText } from './column-type';
import type { MessageTable } from './message-table';

/** Statements for what they are asked about. */
export interface ByStream {
  organization: string;
  /** Undefined where messages have no channel. */
  channel?: string;
}

/** All statements over a table of messages. */
export interface MessageStatements {
  /** The silences of an organization, of a channel, of each channel: within the range alone. */
  within: ByStream & { eachChannel?: string };
  /** The same, also across the edges of the range. */
  across: ByStream & { eachChannel?: string };
  /** The last message up to an instant. $1 organization, $2 instant, $3 channel or the filter */
  last: ByStream;
}

/** Writes the statements for a table. */
export function messageStatements(table: MessageTable): MessageStatements {
  const { filter, channel } = table;
  const organization = `m.${table.organization.sql} = $1`;
  const ofOrganization = (first: number) => organization + filter.and(first);
  const ofChannel = (parameter: string, first: number) =>
    channel && `${organization} and m.${channel.sql} = ${parameter}${filter.and(first)}`;
  const byStream = (write: (stream: string) => string, first: number): ByStream => {
    const stream = ofChannel(`$${first}`, first + 1);
    return { organization: write(ofOrganization(first)), channel: stream && write(stream) };
  };
  const silences = (before: (stream: string) => string) => {
    const write = (stream: string) => hop(table, stream, before(stream));
    const stream = ofChannel('channels.name', 6);
    return {
      ...byStream(write, 6),
      eachChannel: channel && stream && eachChannel(table, channel.sql, ofOrganization(6), write(stream)),
    };
  };
  return {
    within: silences(() => `null::${table.createdAt.isZoned ? 'timestamptz' : 'timestamp'}`),
    across: silences((stream) => lastBefore(table, stream)),
    last: byStream((stream) => last(table, stream), 3),
  };
}

/**
 * Hops over the messages of a range instead of reading them all. From a message the next hop goes to the last message
 * within the threshold; where there is none, silence has begun and the next message up to the horizon ends it. Two hops
 * always pass the threshold, so their number is bounded by the length of the range.
 *
 * The first row pairs the last message before the range, where that is wanted, with the first one in it; the last row
 * begins with the last message of the range. The other rows are silences. `exists` would read more naturally than the
 * probes but gets a sequential scan from the planner.
 */
function hop(table: MessageTable, stream: string, before: string): string {
  const { sql: messages, createdAt } = table;
  const at = `m.${createdAt.sql}`;
  const [start, end, horizon] = ['$2', '$3', '$5'].map((parameter) => instant(table, parameter));
  return `
    with recursive hop (previous, at, is_first) as (
      select
        ${before},
        (select ${at}
         from ${messages} m
         where ${stream} and ${at} >= ${start} and ${at} <= ${horizon}
         order by ${at} limit 1),
        true
      union all
      select
        hop.at,
        coalesce(
          (select ${at}
           from ${messages} m
           where ${stream} and ${at} > hop.at
             and ${at} <= least(hop.at + $4::interval, ${end})
           order by ${at} desc limit 1),
          (select ${at}
           from ${messages} m
           where ${stream} and ${at} > hop.at and ${at} <= ${horizon}
           order by ${at} limit 1)),
        false
      from hop
      where hop.at <= ${end}
    )
    select
      ${milliseconds(table, 'previous')} as previous_ms,
      ${milliseconds(table, 'at')} as at_ms,
      ${sessionBefore(table, stream)} as session_id,
      is_first
    from hop
    where is_first or at is null or at > ${end} or at - previous > $4::interval
    order by is_first desc, previous`;
}

/** The names of hop's columns may be the table's too, so they are told apart. */
function sessionBefore(table: MessageTable, stream: string): string {
  return `
      (select ${session(table)}
       from ${table.sql} m
       where ${stream} and m.${table.createdAt.sql} = hop.previous
       order by m.${table.id.sql} desc limit 1)`;
}

function lastBefore(table: MessageTable, stream: string): string {
  const at = `m.${table.createdAt.sql}`;
  return `
        (select ${at}
         from ${table.sql} m
         where ${stream} and ${at} < ${instant(table, '$2')} and ${at} <= ${instant(table, '$5')}
         order by ${at} desc limit 1)`;
}

/** Finds the channels by hopping from each name to the next one in the index, and hops over the messages of each. */
function eachChannel({ sql: messages }: MessageTable, channel: string, organization: string, silences: string): string {
  return `
    with recursive channels (name) as (
      (select m.${channel} from ${messages} m where ${organization} order by m.${channel} limit 1)
      union all
      select
        (select m.${channel}
         from ${messages} m
         where ${organization} and m.${channel} > channels.name
         order by m.${channel} limit 1)
      from channels
      where channels.name is not null
    )
    select channels.name::text as channel, silences.*
    from channels
    cross join lateral (${silences}) silences
    where channels.name is not null
    order by channels.name, silences.is_first desc, silences.previous_ms`;
}

function last(table: MessageTable, stream: string): string {
  const at = `m.${table.createdAt.sql}`;
  return `
    select ${milliseconds(table, at)} as at_ms, ${session(table)} as session_id
    from ${table.sql} m
    where ${stream} and ${at} <= ${instant(table, '$2')}
    order by ${at} desc, m.${table.id.sql} desc limit 1`;
}

/** A parameter in the type of the column, so that an index on the column answers. */
function instant({ createdAt }: MessageTable, parameter: string): string {
  return createdAt.isZoned ? `${parameter}::timestamptz` : `(${parameter}::timestamptz at time zone 'UTC')`;
}

/** Whole milliseconds since 1970. Those of a finer column are cut, as Date and JSON would. */
function milliseconds({ createdAt }: MessageTable, at: string): string {
  const value = `extract(epoch from ${at}) * 1000`;
  return createdAt.isFiner ? `floor(${value})::float8` : `(${value})::float8`;
}

function session({ session: { sql, type } }: MessageTable): string {
  return isText(type) ? `m.${sql}` : `m.${sql}::text`;
}
