import { type AvailabilityReport, inspectMessages } from '@chat-reports/nestjs';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { casesOf } from '../support/cases';
import { TestDatabase } from '../support/database';
import { type Peer, PEERS, STREAM } from '../support/peers';

const START = Date.parse('2023-01-01T00:30:00Z');

/**
 * A seed for the times and texts of a stream, how much slower it is than a busy one, and a range and an instant in it.
 */
const cases = fc.record({
  seed: fc.double({ min: -1, max: 1, noNaN: true }),
  slowness: fc.constantFrom(0.1, 1, 5),
  rangeMs: fc.integer({ min: 1, max: 40_000_000 }),
  nowMs: fc.integer({ min: -3_000_000, max: 40_000_000 }),
});

const DOWN_AT_TIMES = { seed: 0.5, slowness: 1, rangeMs: 20_000_000, nowMs: 15_000_000 };

async function fill(dataSource: DataSource, peer: Peer, seed: number, slowness: number): Promise<void> {
  const schema = peer.name.toLowerCase();
  await dataSource.query(`truncate stream, ${peer.tables.map((table) => `${schema}.${table}`).join(', ')}`);
  await dataSource.query(`
    select setseed(${seed});
    insert into stream
    select number, 1672531200000000 + sum(step) over (order by number), 1 + (random() * 1.4)::integer, 1 + floor(random() * 3),
      1 + floor(random() * 4), random() < 0.2
    from (
      select number, case when luck < 0.1 then 0 when luck < 0.9 then random() * 3e7 else random() * 6e8 end * ${slowness} as step
      from (select number, random() as luck from generate_series(1, 300) number) lucky) steps`);
  await dataSource.query(peer.fill);
}

interface Question {
  organizationId: string;
  channel?: string;
  end: number;
  now?: number;
}

/** Answers a question by a plain window function over the messages. */
async function expectedDowntimes(
  dataSource: DataSource,
  { plain }: Peer,
  { organizationId, channel, end, now }: Question,
) {
  return dataSource.query<{ start: number; end: number; session: string }[]>(
    `
    select * from (
      select greatest(ms + 120000, $3)::float8 as start, least(coalesce(next_ms, $5), $4, $5)::float8 as end, session
      from (
        select at, id, ms, session, lead(ms) over (order by at, id) as next_ms
        from (${plain}) plain
        where organization = $1 and ($2::text is null or channel = $2)
          and case when $5::bigint is null then ms between $3::bigint and $4::bigint else ms <= $5 end) pairs
      where next_ms is not null or $5 is not null
      order by at, id) clipped
    where "end" > start`,
    [organizationId, channel ?? null, START, end, now ?? null],
  );
}

function downtimesOf({ downtimes }: AvailabilityReport) {
  return downtimes.map(({ start, end, sessionId }) => ({
    start: start.getTime(),
    end: end.getTime(),
    session: sessionId,
  }));
}

function totalOf(expected: { start: number; end: number }[]): number {
  return expected.reduce((sum, down) => sum + down.end - down.start, 0);
}

/** The last message of each channel, and that of all channels under null. */
async function lastMessages(dataSource: DataSource, { plain }: Peer, organizationId: string, now: number) {
  return dataSource.query<{ channel: string | null; first: number; last: number; session: string }[]>(
    `
    select channel, min(ms)::float8 as first, max(ms)::float8 as last, (array_agg(session order by at desc, id desc))[1] as session
    from (${plain}) plain where organization = $1 and ms <= $2
    group by grouping sets ((channel), ()) having count(*) > 0 order by channel`,
    [organizationId, now],
  );
}

describe('the tables of', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(STREAM);
  });
  afterAll(() => database.drop());

  describe.each(PEERS)('$name, as they are,', (peer) => {
    let availability: OpenAvailability;

    beforeAll(async () => {
      await database.dataSource.query(`create schema ${peer.name.toLowerCase()}; ${peer.create}`);
      const { indexes } = await inspectMessages(database.dataSource, peer.options);
      for (const { statement } of indexes) if (statement) await database.dataSource.query(statement);
      availability = await openAvailability(database.url, { messages: peer.options });
    });
    afterAll(() => availability.close());

    it('are answered as by a window function over their messages', async () => {
      const { dataSource } = database;
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, slowness, rangeMs, nowMs }) => {
          await fill(dataSource, peer, seed, slowness);
          for (const organizationId of peer.organizations) {
            await compare({ organizationId, end: START + rangeMs });
            await compare({ organizationId, end: START + rangeMs, now: START + nowMs });
          }
        }),
        { numRuns: casesOf(60), examples: [[DOWN_AT_TIMES]] },
      );
    });

    async function compare({ organizationId, end, now }: Question): Promise<void> {
      const { dataSource } = database;
      const { service } = availability;
      const asOf = new Date(now ?? end);
      const range = {
        organizationId,
        start: new Date(START),
        end: new Date(end),
        ...(now && { edges: 'count' as const, asOf }),
      };
      const whole = await service.report(range);
      const expected = await expectedDowntimes(dataSource, peer, { organizationId, end, now });
      expect(downtimesOf(whole)).toEqual(expected);
      expect(whole.totalDowntimeMs).toBe(totalOf(expected));

      const lasts = await lastMessages(dataSource, peer, organizationId, asOf.getTime());
      const channels = lasts.flatMap(({ channel, first, last }) =>
        channel === null ? [] : [{ channel, firstMessageAt: new Date(first), lastMessageAt: new Date(last) }],
      );
      const found = await service.channels({ organizationId }, asOf);
      expect(found.filter(({ lastMessageAt }) => lastMessageAt)).toEqual(channels);
      const breakdown = await service.breakdown(range);
      for (const { channel } of found) {
        const own = await expectedDowntimes(dataSource, peer, { organizationId, channel, end, now });
        expect(downtimesOf(await service.report({ ...range, channel }))).toEqual(own);
        expect(breakdown.channels.find((one) => one.channel === channel)!.report).toMatchObject({
          outages: own.length,
          totalDowntimeMs: totalOf(own),
        });
      }
      const last = lasts.find(({ channel }) => channel === null);
      expect(await service.current({ organizationId }, asOf)).toMatchObject(
        last ? { lastMessageAt: new Date(last.last), sessionId: last.session } : { state: 'no_data' },
      );
    }
  });
});
