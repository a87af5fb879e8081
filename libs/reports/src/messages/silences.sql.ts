/**
 * The statements over messages. Each is one SQL text with bound parameters; every probe in it is an `order by … limit 1`
 * that the primary key (or the channel's index) answers with one row.
 *
 * $1 organization, $2 start and $3 end of the range, $4 threshold, $5 horizon, $6 channel
 */

/** A condition that names the messages of one stream, for a table alias. */
type Stream = (alias: string) => string;

/**
 * Hops over the messages of a range instead of reading them all. From a message the next hop goes to the last message
 * within the threshold; where there is none, silence has begun and the next message up to the horizon ends it. Two hops
 * always pass the threshold, so their number is bounded by the length of the range.
 *
 * The first row pairs the last message before the range, where that is wanted, with the first one in it; the last row
 * begins with the last message of the range. The other rows are silences. `exists` would read more naturally than the
 * probes but gets a sequential scan from the planner.
 */
function hop(stream: Stream, lastBefore: string): string {
  return `
    with recursive hop (previous, at, is_first) as (
      select
        ${lastBefore},
        (select m.created_at
         from messages m
         where ${stream('m')} and m.created_at >= $2::timestamptz and m.created_at <= $5::timestamptz
         order by m.created_at limit 1),
        true
      union all
      select
        hop.at,
        coalesce(
          (select m.created_at
           from messages m
           where ${stream('m')} and m.created_at > hop.at
             and m.created_at <= least(hop.at + $4::interval, $3::timestamptz)
           order by m.created_at desc limit 1),
          (select m.created_at
           from messages m
           where ${stream('m')} and m.created_at > hop.at and m.created_at <= $5::timestamptz
           order by m.created_at limit 1)),
        false
      from hop
      where hop.at <= $3::timestamptz
    )
    select
      (extract(epoch from previous) * 1000)::float8 as previous_ms,
      (extract(epoch from at) * 1000)::float8 as at_ms,
      (select m.session_id
       from messages m
       where ${stream('m')} and m.created_at = previous
       order by m.id desc limit 1) as session_id,
      is_first
    from hop
    where is_first or at is null or at > $3::timestamptz or at - previous > $4::interval
    order by is_first desc, previous`;
}

const NONE = 'null::timestamptz';

function lastBefore(stream: Stream): string {
  return `
        (select m.created_at
         from messages m
         where ${stream('m')} and m.created_at < $2::timestamptz and m.created_at <= $5::timestamptz
         order by m.created_at desc limit 1)`;
}

const ofOrganization: Stream = (alias) => `${alias}.organization_id = $1`;
const ofChannel: Stream = (alias) => `${alias}.organization_id = $1 and ${alias}.channel = $6`;
const ofEachChannel: Stream = (alias) => `${alias}.organization_id = $1 and ${alias}.channel = channels.name`;

/** Finds the channels by hopping from each name to the next one in the index, and hops over the messages of each. */
function eachChannel(before: string): string {
  return `
    with recursive channels (name) as (
      (select m.channel from messages m where m.organization_id = $1 order by m.channel limit 1)
      union all
      select
        (select m.channel
         from messages m
         where m.organization_id = $1 and m.channel > channels.name
         order by m.channel limit 1)
      from channels
      where channels.name is not null
    )
    select channels.name as channel, silences.*
    from channels
    cross join lateral (${hop(ofEachChannel, before)}) silences
    where channels.name is not null
    order by channels.name, silences.is_first desc, silences.previous_ms`;
}

/** The silences of an organization, of a channel, of each channel: within the range alone, or also across its edges. */
export const SILENCES = {
  within: {
    organization: hop(ofOrganization, NONE),
    channel: hop(ofChannel, NONE),
    eachChannel: eachChannel(NONE),
  },
  across: {
    organization: hop(ofOrganization, lastBefore(ofOrganization)),
    channel: hop(ofChannel, lastBefore(ofChannel)),
    eachChannel: eachChannel(lastBefore(ofEachChannel)),
  },
};

/** The last message up to an instant. $1 organization, $2 instant, $3 channel */
function last(stream: string): string {
  return `
    select (extract(epoch from m.created_at) * 1000)::float8 as at_ms, m.session_id
    from messages m
    where ${stream} and m.created_at <= $2::timestamptz
    order by m.created_at desc, m.id desc limit 1`;
}

export const LAST_MESSAGE = {
  organization: last('m.organization_id = $1'),
  channel: last('m.organization_id = $1 and m.channel = $3'),
};
