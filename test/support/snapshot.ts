import type { DataSource } from 'typeorm';
import type { Random } from './random';

export const ORIGIN_MS = Date.parse('2023-05-01T00:00:00Z');
/** The length of the span that the messages of the test cover. */
export const SPAN_MS = 4 * 3_600_000;

/** A question that a reader asks about a snapshot. */
export interface Question {
  organizationId: string;
  channel?: string;
  /** Whether to ask for the breakdown instead of the report. */
  isByChannel: boolean;
  start: Date;
  end: Date;
  edges: 'ignore' | 'count';
}

export interface DowntimeRow {
  channel: string | null;
  start_ms: number;
  end_ms: number;
  session_id: string;
}

/**
 * An instant in the span. Half of them lie on a grid, so that messages coincide, or follow each other exactly at the
 * threshold.
 */
export function anyInstantMs(random: Random): number {
  const offset = random.below(SPAN_MS);
  return ORIGIN_MS + (random.chance(0.5) ? offset : offset - (offset % 40_000));
}

/** A range whose ends are anywhere, at messages, or next to them. */
export function questionAround(random: Random, instants: number[]): Question {
  const end = () =>
    random.chance(0.5)
      ? random.choose(instants) + random.choose([-1, 0, 1, 120_000, 120_001])
      : ORIGIN_MS + Math.floor((random.fraction() * 1.2 - 0.1) * SPAN_MS);
  const one = end();
  const other = end();
  const isByChannel = random.chance(0.2);
  return {
    organizationId: '123456',
    ...(!isByChannel && random.chance(0.5) && { channel: random.choose(['web', 'mail', '', 'moved', 'none']) }),
    isByChannel,
    start: new Date(Math.min(one, other)),
    end: new Date(one === other ? one + 1 : Math.max(one, other)),
    edges: random.choose(['ignore', 'count'] as const),
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

/**
 * Keeps the product from ending the transaction on the only connection of a data source: each report has a transaction
 * of its own, and would leave the snapshot.
 */
export async function keepTransactions(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const client = (await runner.connect()) as { query: (text: unknown, ...rest: unknown[]) => unknown };
  const query = client.query.bind(client);
  client.query = (text, ...rest) =>
    typeof text === 'string' && /^(begin read only|commit$)/.test(text) ? Promise.resolve() : query(text, ...rest);
  await runner.release();
}
