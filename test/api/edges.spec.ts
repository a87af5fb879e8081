import type { TestMessage } from '../support/database';
import { useProduct } from '../support/product';

interface Report {
  down_times: Record<string, unknown>[];
  total_down_time: number;
}

describe('a report with edges=count', () => {
  const product = useProduct();

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

  it('leaves out the same edges with edges=ignore, the default', async () => {
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
    // The clock of the database may be rounded differently.
    expect(end).toBeGreaterThanOrEqual(before - 10);
    expect(end).toBeLessThanOrEqual(Date.now() + 10);
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

  it('counts no downtime if there has never been a message', async () => {
    expect(await report([], '2023-01-01', '2023-01-31')).toMatchObject({
      total_down_time: 0,
      availability_percentage: 100,
    });
  });

  it.each(['-infinity', '0044-03-15 12:00:00+00 BC', 'infinity'])(
    'does not take a message at %s for one before or after the range',
    async (at) => {
      const range = ['2023-01-01', '2023-01-31'] as const;
      const message = { at: '2023-01-15T10:00:00Z' };
      const expected = await report([message], ...range);
      await product.database.insertAt(at);
      expect(await report([], ...range)).toEqual(expected);
    },
  );
});
