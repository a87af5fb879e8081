import { type AvailabilityRequest, AvailabilityResponse } from '@chat-reports/nestjs';
import fc from 'fast-check';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { casesOf } from '../support/cases';
import type { TestMessage } from '../support/database';
import { expectedReport } from '../support/oracle';
import { useProduct } from '../support/product';
import { messageStreams, ORIGIN, rangesAround } from '../support/streams';

const streams = messageStreams.chain((messages) =>
  fc.record({
    messages: fc.constant(messages),
    range: rangesAround(messages),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);
const questions = messageStreams.chain((messages) =>
  fc.record({
    messages: fc.constant(messages),
    queries: fc.array(
      fc.record({
        organizationId: fc.constantFrom('a', 'b', 'c'),
        channel: fc.constantFrom(undefined, undefined, 'web', 'mail', '', 'none'),
        range: rangesAround(messages),
      }),
      { minLength: 4, maxLength: 4 },
    ),
  }),
);

describe.each([
  { indexes: 'with its indexes', isIndexed: true },
  { indexes: 'without an index', isIndexed: false },
])('for any messages and any range, on a table $indexes,', ({ isIndexed }) => {
  const product = useProduct(isIndexed);
  let availability: OpenAvailability;

  beforeAll(async () => {
    availability = await openAvailability(product.database.url);
  });
  afterAll(() => availability.close());

  /** Replaces all messages. */
  async function replace(messages: TestMessage[]): Promise<void> {
    await product.database.clear();
    await product.database.insert(messages);
  }

  const toPeriod = ({ startMs, endMs }: { startMs: number; endMs: number }) => ({
    start: new Date(startMs),
    end: new Date(endMs),
  });
  const toQuery = (range: { startMs: number; endMs: number }) => {
    const { start, end } = toPeriod(range);
    return { startDate: start.toISOString(), endDate: end.toISOString() };
  };

  describe('the report', () => {
    it('equals a sort and a loop over the messages', async () => {
      await fc.assert(
        fc.asyncProperty(questions, async ({ messages, queries }) => {
          await replace(messages);
          for (const { organizationId, channel, range } of queries) {
            const report = await availability.service.report({ organizationId, channel, ...toPeriod(range) });
            const expected = expectedReport(messages, { organizationId, channel, ...range });
            expect(AvailabilityResponse.of(report)).toEqual(expected);
          }
        }),
        { numRuns: casesOf(300, 50) },
      );
    });

    it('is the same over HTTP', async () => {
      await fc.assert(
        fc.asyncProperty(questions, async ({ messages, queries }) => {
          await replace(messages);
          for (const { organizationId, channel, range } of queries) {
            const query = { ...toQuery(range), ...(channel === undefined ? {} : { channel }) };
            const { body } = await product.backend.report(query, { organizationId });
            // An empty parameter counts as not given.
            const scope = { organizationId, channel: channel || undefined };
            expect(body).toEqual(expectedReport(messages, { ...scope, ...range }));
          }
        }),
        { numRuns: casesOf(60, 10) },
      );
    });
  });

  describe('the report with edges=count', () => {
    const now = ORIGIN + 40_000_000;
    const report = (request: Partial<AvailabilityRequest> & { start: Date; end: Date }) =>
      availability.service.report({ organizationId: 'a', edges: 'count', asOf: new Date(now), ...request });

    it('equals a sort, a loop and a clip', async () => {
      await fc.assert(
        fc.asyncProperty(streams, fc.constantFrom(undefined, 'web', 'mail'), async ({ messages, range }, channel) => {
          await replace(messages);
          const found = await report({ channel, ...toPeriod(range) });
          const expected = expectedReport(messages, { organizationId: 'a', channel, ...range, nowMs: now });
          expect(AvailabilityResponse.of(found)).toEqual(expected);
        }),
        { numRuns: casesOf(300, 60) },
      );
    });

    it('has parts that add up to the whole, wherever the range is cut', async () => {
      await fc.assert(
        fc.asyncProperty(streams, async ({ messages, range, cut }) => {
          await replace(messages);
          const { start, end } = toPeriod(range);
          const middle = new Date(range.startMs + Math.floor((range.endMs - range.startMs) * cut));
          const parts = [
            { start, end: middle },
            { start: middle, end },
          ].filter((part) => part.start < part.end);
          const whole = await report({ start, end });
          const sums = await Promise.all(parts.map(async (part) => (await report(part)).totalDowntimeMs));
          expect(sums.reduce((sum, part) => sum + part, 0)).toBe(whole.totalDowntimeMs);
        }),
        { numRuns: casesOf(150, 30) },
      );
    });

    it('never has more downtime if a message is added after the first one', async () => {
      const own = streams.filter(({ messages }) => messages.some(({ organizationId }) => organizationId === 'a'));
      await fc.assert(
        fc.asyncProperty(own, fc.nat(30_000_000), async ({ messages, range }, later) => {
          await replace(messages);
          const before = await report(toPeriod(range));
          const first = messages.find(({ organizationId }) => organizationId === 'a')!;
          await product.database.insert([{ at: Number(first.at) + later, organizationId: 'a' }]);
          expect((await report(toPeriod(range))).totalDowntimeMs).toBeLessThanOrEqual(before.totalDowntimeMs);
        }),
        { numRuns: casesOf(150, 30) },
      );
    });
  });

  it('the parts of a trend sum to the report, to the millisecond', async () => {
    const options = fc.record({
      interval: fc.constantFrom('hour', 'day', 'week', 'month'),
      timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns'),
    });
    await fc.assert(
      fc.asyncProperty(streams, options, fc.constantFrom('ignore', 'count'), async (stream, calendar, edges) => {
        await replace(stream.messages);
        const query = { ...toQuery(stream.range), edges };
        const trend = await product.backend.report({ ...query, ...calendar }, { organizationId: 'a', below: '/trend' });
        const { body } = await product.backend.report({ ...query, include: 'summary' }, { organizationId: 'a' });
        type Sums = { total_down_time: number; total_time: number; observed_time: number };
        const { buckets, ...whole } = trend.body as Figures & { buckets: Sums[] };
        expect(whole).toEqual(observedFigures(body as Report, whole));
        const sum = (field: keyof Sums) => buckets.reduce((total, bucket) => total + bucket[field], 0);
        const sums = (['total_down_time', 'total_time', 'observed_time'] as const).map(sum);
        expect(sums).toEqual([whole.total_down_time, whole.total_time, whole.observed_time]);
      }),
      { numRuns: casesOf(100, 20) },
    );
  });

  it('a breakdown has what the report answers for each channel', async () => {
    await fc.assert(
      fc.asyncProperty(streams, fc.constantFrom('ignore', 'count'), async ({ messages, range }, edges) => {
        await replace(messages);
        const query = { ...toQuery(range), edges };
        const { body } = await product.backend.report(query, { organizationId: 'a', below: '/breakdown' });
        const { channels } = body as { channels: (Figures & { channel: string })[] };
        const own = messages.filter(({ organizationId }) => organizationId === 'a');
        expect(channels.map(({ channel }) => channel).sort()).toEqual(
          [...new Set(own.map(({ channel }) => channel))].sort(),
        );
        // A channel with an empty name cannot be requested.
        for (const { channel, ...row } of channels.filter((one) => one.channel !== '')) {
          const whole = { ...query, channel, include: 'summary' };
          const { body: report } = await product.backend.report(whole, { organizationId: 'a' });
          const { first_message_at, last_message_at } = (report as Report).summary;
          const figures = observedFigures(report as Report, row);
          const longest_down_time = Math.max(0, ...(report as Report).down_times.map(({ duration }) => duration));
          expect(row).toEqual({ ...figures, longest_down_time, first_message_at, last_message_at });
        }
      }),
      { numRuns: casesOf(60, 12) },
    );
  });
});

interface Figures {
  availability_percentage: number | null;
  total_down_time: number;
  total_time: number;
  observed_time: number;
}

type Report = Omit<Figures, 'observed_time'> & {
  down_times: { duration: number }[];
  summary: Record<
    'observed_time' | 'observed_availability_percentage' | 'first_message_at' | 'last_message_at',
    unknown
  >;
};

/** The figures of a report in the form of the other routes: with no percentage if nothing was observed. */
function observedFigures({ down_times, summary, ...figures }: Report, found: Figures): object {
  const { observed_time, observed_availability_percentage } = summary;
  const isUnknown = found.availability_percentage === null && observed_time === 0;
  return {
    ...figures,
    ...(isUnknown && { availability_percentage: null }),
    outages: down_times.length,
    observed_time,
    observed_availability_percentage,
  };
}
