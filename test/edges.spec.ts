import { AvailabilityResponse, AvailabilityService, type AvailabilityRequest } from '@chat-reports/nestjs';
import fc from 'fast-check';
import { MessageRepository } from '../libs/reports/src/messages/message.repository';
import { MessageSource } from '../libs/reports/src/messages/message.source';
import type { TestMessage } from './support/database';
import { expectedReport } from './support/oracle';
import { messageStreams, ORIGIN, rangesAround } from './support/streams';
import { useProduct } from './support/product';

interface Report {
  down_times: Record<string, unknown>[];
  total_down_time: number;
}

describe('a report with edges=count', () => {
  const product = useProduct();
  let service: AvailabilityService;

  beforeAll(() => {
    const source = new MessageSource(product.database.dataSource, {});
    service = new AvailabilityService(new MessageRepository(source), {});
  });

  async function report(messages: TestMessage[], startDate: string, endDate: string, edges = 'count'): Promise<Report> {
    await product.database.insert(messages);
    const { status, body } = await product.backend.report({ startDate, endDate, edges });
    expect(status).toBe(200);
    return body as Report;
  }

  const NIGHT = [
    { at: '2023-01-01T20:00:00Z', sessionId: 'evening' },
    { at: '2023-01-02T06:00:00Z', sessionId: 'morning' },
    { at: '2023-01-02T06:01:00Z', sessionId: 'morning' },
    { at: '2023-01-02T22:00:00Z', sessionId: 'late' },
  ];

  it('clips a downtime at the edges of the range, and names the session before the gap', async () => {
    const { down_times } = await report(NIGHT, '2023-01-02T00:00:00Z', '2023-01-02T12:00:00Z');
    expect(down_times).toEqual([
      {
        start_time: '2023-01-02T00:00:00Z',
        end_time: '2023-01-02T06:00:00Z',
        duration: 21_600_000,
        session_id: 'evening',
      },
      {
        start_time: '2023-01-02T06:03:00Z',
        end_time: '2023-01-02T12:00:00Z',
        duration: 21_420_000,
        session_id: 'morning',
      },
    ]);
  });

  it('counts a silence that covers the whole range', async () => {
    const { down_times } = await report(NIGHT, '2023-01-02T01:00:00Z', '2023-01-02T02:00:00Z');
    expect(down_times).toMatchObject([{ duration: 3_600_000, session_id: 'evening' }]);
  });

  it('is silent about the same edges with edges=ignore, the default', async () => {
    await product.database.insert(NIGHT);
    const range = { startDate: '2023-01-02T00:00:00Z', endDate: '2023-01-02T12:00:00Z' };
    const answers = await Promise.all([
      product.backend.report({ ...range, edges: 'ignore' }),
      product.backend.report(range),
    ]);
    expect(answers).toMatchObject([{ body: { down_times: [] } }, { body: { down_times: [] } }]);
  });

  it('marks the downtime that is still running, which ends now', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000);
    const before = Date.now();
    const tomorrow = new Date(before + 86_400_000).toISOString();
    const { down_times } = await report([{ at: hourAgo }], new Date(before - 86_400_000).toISOString(), tomorrow);
    expect(down_times).toMatchObject([{ ongoing: true, session_id: 'session1' }]);
    const end = Date.parse(down_times[0]!.end_time as string);
    expect(end).toBeGreaterThanOrEqual(before);
    expect(end).toBeLessThanOrEqual(Date.now());
  });

  it('does not mark a downtime that a message has ended', async () => {
    expect(
      (await report(NIGHT, '2023-01-02', '2023-01-02')).down_times.map((downTime) => 'ongoing' in downTime),
    ).toEqual([false, false, true]);
  });

  it.each([
    ['the time before the very first message', '2022-01-01', '2023-01-01T20:00:00Z'],
    ['the future', '2150-01-01', '2150-12-31'],
  ])('does not count %s', async (_case, startDate, endDate) => {
    expect(await report(NIGHT, startDate, endDate)).toMatchObject({ total_down_time: 0, down_times: [] });
  });

  it('counts no downtime where there never was a message', async () => {
    expect(await report([], '2023-01-01', '2023-01-31')).toMatchObject({
      total_down_time: 0,
      availability_percentage: 100,
    });
  });

  describe('through any messages and any range', () => {
    const now = ORIGIN + 40_000_000;
    const cases = messageStreams.chain((messages) =>
      fc.record({
        messages: fc.constant(messages),
        range: rangesAround(messages),
        cut: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    );
    const ask = (request: Partial<AvailabilityRequest> & { start: Date; end: Date }) =>
      service.report({ organizationId: 'a', edges: 'count', now: new Date(now), ...request });

    it('equals a sort, a loop and a clip', async () => {
      await fc.assert(
        fc.asyncProperty(cases, fc.constantFrom(undefined, 'web', 'mail'), async ({ messages, range }, channel) => {
          await product.database.clear();
          await product.database.insert(messages);
          const found = await ask({ channel, start: new Date(range.startMs), end: new Date(range.endMs) });
          const expected = expectedReport(messages, { organizationId: 'a', channel, ...range, nowMs: now });
          expect(AvailabilityResponse.of(found)).toEqual(expected);
        }),
        { numRuns: 300 },
      );
    });

    it('has parts that add up to the whole, wherever the range is cut', async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ messages, range, cut }) => {
          await product.database.clear();
          await product.database.insert(messages);
          const [start, end] = [new Date(range.startMs), new Date(range.endMs)];
          const middle = new Date(range.startMs + Math.floor((range.endMs - range.startMs) * cut));
          const parts = [
            { start, end: middle },
            { start: middle, end },
          ].filter((part) => part.start < part.end);
          const whole = await ask({ start, end });
          const sums = await Promise.all(parts.map(async (part) => (await ask(part)).totalDowntimeMs));
          expect(sums.reduce((sum, part) => sum + part, 0)).toBe(whole.totalDowntimeMs);
        }),
        { numRuns: 150 },
      );
    });

    it('never has more downtime for one more message after the first', async () => {
      const streams = cases.filter(({ messages }) => messages.some(({ organizationId }) => organizationId === 'a'));
      await fc.assert(
        fc.asyncProperty(streams, fc.nat(30_000_000), async ({ messages, range }, later) => {
          await product.database.clear();
          await product.database.insert(messages);
          const request = { start: new Date(range.startMs), end: new Date(range.endMs) };
          const before = await ask(request);
          const first = messages.find(({ organizationId }) => organizationId === 'a')!;
          await product.database.insert([{ at: Number(first.at) + later, organizationId: 'a' }]);
          expect((await ask(request)).totalDowntimeMs).toBeLessThanOrEqual(before.totalDowntimeMs);
        }),
        { numRuns: 150 },
      );
    });
  });
});
