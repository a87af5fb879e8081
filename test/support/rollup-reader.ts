import type { AvailabilityRequest } from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from './availability';
import type { Random } from './random';
import { usageOf } from './rollups';
import { keepTransactions } from './snapshot';

/** The time between two messages above which it is downtime. */
export const THRESHOLD_MS = 40;

/** What the product and the window function have found, as text. */
export interface Comparison {
  request: string;
  found: string;
  expected: string;
  usesStoredDays: boolean;
}

/** The rules as one plain window function. Where the edges count, messages go on beyond the range, up to $6. */
const LEAD = `
  with stream as (
    select channel, session_id, created_at as at,
      lead(created_at) over (partition by case when $5 then channel end order by created_at, id) as next
    from messages
    where organization_id = '123456' and ($1::text is null or channel = $1)
      and case when $4 then created_at <= $6 else created_at between $2 and $3 end
  ), gaps as (
    select case when $5 then channel end as channel, session_id,
      greatest(at + interval '${THRESHOLD_MS} milliseconds', $2) as start,
      least(case when $4 then coalesce(next, $6) else next end, $3, case when $4 then $6 end) as "end"
    from stream where $4 or next is not null
  )
  select channel, session_id, (extract(epoch from start) * 1000)::float8 as start_ms,
    (extract(epoch from "end") * 1000)::float8 as end_ms
  from gaps where "end" > start
  order by start`;

interface Row {
  channel: string;
  session_id: string;
  start_ms: number;
  end_ms: number;
}

/**
 * Asks the product with rollups and the window function on one connection and in one transaction, so that both see the
 * same messages.
 */
export class RollupReader {
  private nowMs = 0;
  private constructor(private readonly availability: OpenAvailability) {}

  static async open(url: string): Promise<RollupReader> {
    const options = { rollups: true, downtimeThreshold: THRESHOLD_MS, connections: { poolSize: 1 } };
    const availability = await openAvailability(url, options);
    await keepTransactions(availability.dataSource);
    return new RollupReader(availability);
  }

  /** Takes a snapshot, after locking the table against TRUNCATE. */
  async begin(): Promise<void> {
    await this.query('begin isolation level repeatable read; lock table messages in access share mode');
    const [row] = await this.query<{ ms: number }>(
      'select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    );
    this.nowMs = row!.ms;
  }

  async end(): Promise<void> {
    await this.query('rollback');
  }

  /** @param pastMs how far back ranges can begin */
  async compare(random: Random, pastMs: number): Promise<Comparison> {
    const { service } = this.availability;
    const request = this.anyRequest(random, pastMs);
    const isByChannel = random.chance(0.3);
    const { start, end, channel, edges, asOf } = request;
    const before = usageOf(this.availability).storedDays;
    const rows = await this.query<Row>(LEAD, [
      isByChannel ? null : channel,
      start,
      end,
      edges === 'count',
      isByChannel,
      asOf,
    ]);
    const found = isByChannel
      ? (await service.breakdown({ ...request, channel: undefined } as AvailabilityRequest)).channels
          .filter(({ report }) => report.outages > 0)
          .map(({ channel: name, report }) =>
            JSON.stringify([name, report.outages, report.totalDowntimeMs, report.longestDowntimeMs]),
          )
          .sort()
      : (await service.report(request)).downtimes.map((downtime) =>
          JSON.stringify([downtime.start.getTime(), downtime.end.getTime(), downtime.sessionId]),
        );
    const expected = isByChannel
      ? sumsOf(rows)
      : rows.map(({ start_ms, end_ms, session_id }) => JSON.stringify([start_ms, end_ms, session_id]));
    return {
      request: JSON.stringify({ ...request, isByChannel }),
      found: found.join('\n'),
      expected: expected.join('\n'),
      usesStoredDays: usageOf(this.availability).storedDays > before,
    };
  }

  async close(): Promise<void> {
    await this.availability.close();
  }

  private anyRequest(random: Random, pastMs: number): AvailabilityRequest & { asOf: Date } {
    const ends = [random.below(pastMs), random.chance(0.5) ? 0 : random.below(pastMs)].sort(
      (one, other) => one - other,
    );
    const [end, start] = ends.map((agoMs) => new Date(this.nowMs - agoMs)) as [Date, Date];
    return {
      organizationId: '123456',
      channel: random.chance(0.4) ? random.choose(['web', 'mail', '', 'moved', 'none']) : undefined,
      start: new Date(start.getTime() - 1),
      end,
      edges: random.choose(['ignore', 'count'] as const),
      asOf: new Date(this.nowMs),
    };
  }

  private query<Result>(text: string, values?: unknown[]): Promise<Result[]> {
    return this.availability.dataSource.query<Result[]>(text, values);
  }
}

function sumsOf(rows: Row[]): string[] {
  const sums = new Map<string, [number, number, number]>();
  for (const { channel, start_ms, end_ms } of rows) {
    const [count, total, longest] = sums.get(channel) ?? [0, 0, 0];
    const durationMs = end_ms - start_ms;
    sums.set(channel, [count + 1, total + durationMs, Math.max(longest, durationMs)]);
  }
  return [...sums].map(([channel, sum]) => JSON.stringify([channel, ...sum])).sort();
}
