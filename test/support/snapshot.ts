import type { DataSource } from 'typeorm';

export const ORIGIN_MS = Date.parse('2023-05-01T00:00:00Z');
/** How long the messages of the test go on. */
export const SPAN_MS = 4 * 3_600_000;

/** What a reader asks of a snapshot. */
export interface Question {
  organizationId: string;
  channel?: string;
  /** The breakdown instead of the report. */
  isByChannel: boolean;
  start: Date;
  end: Date;
  edges: 'ignore' | 'count';
}

interface DowntimeRow {
  channel: string | null;
  start_ms: number;
  end_ms: number;
  session_id: string;
}

export function chooseFrom<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)]!;
}

/** An instant of the span; half of them lie on a grid, so that messages meet, and follow each other by the threshold. */
export function anyInstantMs(): number {
  const offset = Math.floor(Math.random() * SPAN_MS);
  return ORIGIN_MS + (Math.random() < 0.5 ? offset : offset - (offset % 40_000));
}

/** A range with its ends anywhere, or at messages or next to them. */
export function questionAround(instants: number[]): Question {
  const end = () =>
    Math.random() < 0.5
      ? chooseFrom(instants) + chooseFrom([-1, 0, 1, 120_000, 120_001])
      : ORIGIN_MS + Math.floor((Math.random() * 1.2 - 0.1) * SPAN_MS);
  const one = end();
  const other = end();
  const isByChannel = Math.random() < 0.2;
  return {
    organizationId: '123456',
    ...(!isByChannel && Math.random() < 0.5 && { channel: chooseFrom(['web', 'mail', '', 'moved', 'none']) }),
    isByChannel,
    start: new Date(Math.min(one, other)),
    end: new Date(one === other ? one + 1 : Math.max(one, other)),
    edges: chooseFrom(['ignore', 'count'] as const),
  };
}

/**
 * The rules as one plain window function over all messages: each with the one after it, and what lies in the range.
 * Where the edges count, the stream goes on beyond the range; the clock stands still within a transaction.
 */
const LEAD = `
  with stream as (
    select channel, session_id, created_at as at,
      lead(created_at) over (partition by case when $5 then channel end order by created_at, id) as next
    from messages
    where organization_id = $1 and ($2::text is null or channel = $2)
      and case when $6 then created_at <= now() else created_at between $3 and $4 end
  ), gaps as (
    select case when $5 then channel end as channel, session_id,
      greatest(at + interval '2 minutes', $3) as start,
      least(case when $6 then coalesce(next, now()) else next end, $4) as "end"
    from stream where $6 or next is not null
  )
  select channel, session_id,
    (extract(epoch from start) * 1000)::float8 as start_ms, (extract(epoch from "end") * 1000)::float8 as end_ms
  from gaps where "end" > start`;

/** Finds the downtimes in the messages that the connection sees, without the product. */
export function expectedDowntimes(dataSource: DataSource, question: Question): Promise<DowntimeRow[]> {
  const { organizationId, channel, start, end, isByChannel, edges } = question;
  return dataSource.query<DowntimeRow[]>(LEAD, [
    organizationId,
    channel ?? null,
    start,
    end,
    isByChannel,
    edges === 'count',
  ]);
}
