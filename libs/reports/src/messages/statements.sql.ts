/**
 * The statements over messages. Each is one SQL text with bound parameters, and every look at messages in it is an
 * `order by … limit` that an index on organization, time and id (or the channel's) answers in order.
 *
 * $1 organization, $2 start and $3 end of the range, $4 threshold, $5 horizon, $6 the most messages of a sparse stream,
 * $7 channel or, without one, what comes next: the values of the filter
 */

import type { MessageTable } from './message-table';
import { instant, milliseconds, session } from './message-values.sql';
import { silencesOf } from './silences.sql';

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
    with recursive _channels (name) as (
      (select m.${channel} from ${messages} m where ${organization} order by m.${channel} limit 1)
      union all
      select
        (select m.${channel}
         from ${messages} m
         where ${organization} and m.${channel} > channels.name
         order by m.${channel} limit 1)
      from _channels channels
      where channels.name is not null
    )
    select channels.name::text as channel, silences.*
    from _channels channels
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
