import type { MessageTable } from './message-table';
import { instant, milliseconds, session } from './message-values.sql';

/** So many messages in each threshold make a stream dense: hopping over them takes about as long as reading them. */
export const DENSE = 8;

/** At so many instants the density is tried. In most ranges that are asked for, they fall on other times of day each. */
const TRIALS = 11;

/** How much further than the last message within a threshold was from its end, the next one is looked for first. */
const REACH = 8;

/** The least of it, as a part of the threshold: messages on a beat may lie exactly at its end. */
const LEAST_REACH = 64;

/**
 * The silences of a stream, with the parameters of the statements.
 *
 * In a dense stream it hops over the messages instead of reading them all. A sparse one has hardly anything to hop over:
 * its messages are paired as they come, in one scan.
 *
 * The first row pairs the last message before the range, where that is wanted, with the first one in it; the last row
 * begins with the last message of the range. The other rows are silences. They are filtered by an equality, of which the
 * planner expects little: it takes a comparison of two columns to keep a third of all rows, and would compile the statement
 * for longer than it runs.
 *
 * @param stream condition that the messages meet
 * @param before the instant of the last message before the range
 */
export function silencesOf(table: MessageTable, stream: string, before: string): string {
  const end = instant(table, '$3');
  return `
    with recursive _stream (is_sparse) as (${density(table, stream)}
    ),
    _hop (previous, at, is_first) as (${hops(table, stream, before)}
    ),
    _pair (previous, at, is_first) as (${pairs(table, stream)}
    )
    select
      ${milliseconds(table, 'previous')} as previous_ms,
      ${milliseconds(table, 'at')} as at_ms,
      ${sessionBefore(table, stream)} as session_id,
      is_first
    from (select * from _hop union all select * from _pair) silence
    where case when is_first or at is null or at > ${end} or at - previous > $4::interval then 1 end = 1
    order by is_first desc, previous`;
}

/**
 * A stream is taken for sparse by how far the last messages within some thresholds lie from their ends, and then counted,
 * no further than a sparse stream goes. Trying first keeps the planner, which may know nothing of a new table, from
 * sorting a dense stream to count it.
 */
function density(table: MessageTable, stream: string): string {
  const { start, end, at } = terms(table);
  return `
      select
        avg(coalesce(until - last, $4::interval)) > $4::interval / ${DENSE}
        and (
          select count(*) < $6::bigint
          from (
            select
            from ${table.sql} m
            where ${stream} and ${at} >= ${start} and ${at} <= ${end}
            order by ${at} limit $6::bigint) counted)
      from (
        select
          trial.until,
          (select ${at}
           from ${table.sql} m
           where ${stream} and ${at} > trial.until - $4::interval and ${at} <= trial.until
           order by ${at} desc limit 1) as last
        from (select ${start} + number * (${end} - ${start}) / ${TRIALS} from generate_series(1, ${TRIALS}) number)
          trial (until)
      ) tried`;
}

/**
 * From a message the next hop goes to the last message within the threshold; where there is none, silence has begun and
 * the next message up to the horizon ends it. Two hops always pass the threshold, so their number is bounded by the length
 * of the range. The index reads whole pages, so the last message is first looked for near the end of the threshold, where
 * the hop before found its own. `exists` would read more naturally than these probes but gets a sequential scan from the
 * planner.
 */
function hops(table: MessageTable, stream: string, before: string): string {
  const { start, end, horizon, at } = terms(table);
  const lastUntilThreshold = (from: string) => `
          (select ${at}
           from ${table.sql} m
           where ${stream} and ${at} > ${from}
             and ${at} <= least(hop.at + $4::interval, ${end})
           order by ${at} desc limit 1)`;
  const reach = `greatest(${REACH} * (hop.previous + $4::interval - hop.at), $4::interval / ${LEAST_REACH})`;
  const near = `greatest(hop.at, hop.at + $4::interval - ${reach})`;
  return `
      select
        ${before},
        (select ${at}
         from ${table.sql} m
         where ${stream} and ${at} >= ${start} and ${at} <= ${horizon}
         order by ${at} limit 1),
        true
      union all
      select
        hop.at,
        coalesce(${lastUntilThreshold(near)},${lastUntilThreshold('hop.at')},${firstAfter(table, stream, 'hop.at')}),
        false
      from _hop hop
      where hop.at <= ${end} and not (select is_sparse from _stream)`;
}

/** Each message with the next one. */
function pairs(table: MessageTable, stream: string): string {
  const { start, end, at } = terms(table);
  return `
      select
        at,
        coalesce(
          lead(at) over (order by at rows between current row and 1 following),${firstAfter(table, stream, end)}),
        false
      from (
        select ${at} as at
        from ${table.sql} m
        where ${stream} and ${at} >= ${start} and ${at} <= ${end} and (select is_sparse from _stream)
        order by ${at} limit $6::bigint) scanned`;
}

function firstAfter(table: MessageTable, stream: string, from: string): string {
  const { horizon, at } = terms(table);
  return `
          (select ${at}
           from ${table.sql} m
           where ${stream} and ${at} > ${from} and ${at} <= ${horizon}
           order by ${at} limit 1)`;
}

/** The names of a silence's columns may be the table's too, so they are told apart. */
function sessionBefore(table: MessageTable, stream: string): string {
  return `
      (select ${session(table)}
       from ${table.sql} m
       where ${stream} and m.${table.createdAt.sql} = silence.previous
       order by m.${table.id.sql} desc limit 1)`;
}

function terms(table: MessageTable) {
  return {
    start: instant(table, '$2'),
    end: instant(table, '$3'),
    horizon: instant(table, '$5'),
    at: `m.${table.createdAt.sql}`,
  };
}
