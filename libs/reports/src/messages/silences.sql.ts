/**
 * The statements over messages. Each is one SQL text with bound parameters, and every look at messages in it is an
 * `order by … limit` that an index on organization, time and id (or the channel's) answers in order.
 *
 * $1 organization, $2 start and $3 end of the range, $4 threshold, $5 horizon, $6 the most messages of a sparse stream,
 * $7 channel or, without one, what comes next: the values of the filter
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
    const write = (stream: string) => silencesOf(table, stream, before(stream));
    const stream = ofChannel('channels.name', 7);
    return {
      ...byStream(write, 7),
      eachChannel: channel && stream && eachChannel(table, channel.sql, ofOrganization(7), write(stream)),
    };
  };
  return {
    within: silences(() => `null::${table.createdAt.isZoned ? 'timestamptz' : 'timestamp'}`),
    across: silences((stream) => lastBefore(table, stream)),
    last: byStream((stream) => last(table, stream), 3),
  };
}

/** So many messages in each threshold make a stream dense: hopping over them takes about as long as reading them. */
export const DENSE = 8;

/** Where the density is tried. In few ranges that anyone asks for do they all fall on the same time of day. */
const TRIALS = 19;

/** How much further than the last message within a threshold was from its end, the next one is looked for first. */
const REACH = 8;

/**
 * Hops over the messages of a range instead of reading them all. From a message the next hop goes to the last message
 * within the threshold; where there is none, silence has begun and the next message up to the horizon ends it. Two hops
 * always pass the threshold, so their number is bounded by the length of the range. The index reads whole pages, so the
 * last message is first looked for near the end of the threshold, where the hop before found its own.
 *
 * A sparse stream has hardly anything to hop over: its messages are paired as they come, in one scan. A stream is taken
 * for sparse by how far the last messages within some thresholds lie from their ends, and then counted, no further than a
 * sparse stream goes. Trying first keeps the planner, which may know nothing of a new table, from sorting a dense stream.
 *
 * The first row pairs the last message before the range, where that is wanted, with the first one in it; the last row
 * begins with the last message of the range. The other rows are silences. `exists` would read more naturally than the
 * probes but gets a sequential scan from the planner. It also takes a comparison of two columns to keep a third of all
 * rows, and would compile the statement for longer than it runs; of an equality it expects little.
 */
function silencesOf(table: MessageTable, stream: string, before: string): string {
  const { sql: messages, createdAt } = table;
  const at = `m.${createdAt.sql}`;
  const [start, end, horizon] = ['$2', '$3', '$5'].map((parameter) => instant(table, parameter));
  const range = `${stream} and ${at} >= ${start} and ${at} <= ${end}`;
  const lastUntilThreshold = (from: string) => `
          (select ${at}
           from ${messages} m
           where ${stream} and ${at} > ${from}
             and ${at} <= least(hop.at + $4::interval, ${end})
           order by ${at} desc limit 1)`;
  const firstAfter = (from: string) => `
          (select ${at}
           from ${messages} m
           where ${stream} and ${at} > ${from} and ${at} <= ${horizon}
           order by ${at} limit 1)`;
  return `
    with recursive stream (is_sparse) as (
      select
        coalesce(avg(coalesce(until - last, $4::interval)), $4::interval) > $4::interval / ${DENSE}
        and (
          select count(*) < $6::bigint
          from (select from ${messages} m where ${range} order by ${at} limit $6::bigint) counted)
      from (
        select
          trial.until,
          (select ${at}
           from ${messages} m
           where ${stream} and ${at} > trial.until - $4::interval and ${at} <= trial.until
           order by ${at} desc limit 1) as last
        from generate_series(${start} + $4::interval, ${end}, greatest($4::interval, (${end} - ${start}) / ${TRIALS}))
          trial (until)
      ) tried
    ),
    hop (previous, at, is_first) as (
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
        coalesce(${lastUntilThreshold(
          `greatest(hop.at, hop.at + $4::interval - ${REACH} * (hop.previous + $4::interval - hop.at))`,
        )},${lastUntilThreshold('hop.at')},${firstAfter('hop.at')}),
        false
      from hop
      where hop.at <= ${end} and not (select is_sparse from stream)
    ),
    pair (previous, at, is_first) as (
      select
        at,
        coalesce(
          lead(at) over (order by at rows between current row and 1 following),${firstAfter(end!)}),
        false
      from (
        select ${at} as at
        from ${messages} m
        where ${range} and (select is_sparse from stream)
        order by ${at} limit $6::bigint) scanned
    )
    select
      ${milliseconds(table, 'previous')} as previous_ms,
      ${milliseconds(table, 'at')} as at_ms,
      ${sessionBefore(table, stream)} as session_id,
      is_first
    from (select * from hop union all select * from pair) silence
    where case when is_first or at is null or at > ${end} or at - previous > $4::interval then 1 end = 1
    order by is_first desc, previous`;
}

/** The names of a silence's columns may be the table's too, so they are told apart. */
function sessionBefore(table: MessageTable, stream: string): string {
  return `
      (select ${session(table)}
       from ${table.sql} m
       where ${stream} and m.${table.createdAt.sql} = silence.previous
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

/** Finds the channels by hopping from each name to the next one in the index, and the silences of each. */
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
