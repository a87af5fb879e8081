import type { TestMessage } from '../support/database';
import { useProduct } from '../support/product';

interface Trend {
  availability_percentage: number;
  total_down_time: number;
  total_time: number;
  outages: number;
  buckets: (Omit<Trend, 'buckets'> & { start_time: string; end_time: string })[];
}

const DAYS = { startDate: '2023-01-01', endDate: '2023-01-04', interval: 'day' };

describe('the trend', () => {
  const product = useProduct();

  async function trend(messages: TestMessage[], query: Record<string, string> = DAYS): Promise<Trend> {
    await product.database.insert(messages);
    const { status, body } = await product.backend.report(query, { below: '/trend' });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body as Trend;
  }

  it('counts an outage across midnight in both days and once in the total', async () => {
    const { outages, buckets, total_down_time } = await trend([
      { at: '2023-01-01T12:00:00Z' },
      { at: '2023-01-01T22:58:00Z', sessionId: 'x' },
      { at: '2023-01-02T02:00:00Z' },
    ]);
    expect({ outages, total_down_time }).toEqual({ outages: 2, total_down_time: (10 * 60 + 56 + 180) * 60_000 });
    expect(buckets.slice(0, 2).map((bucket) => [bucket.outages, bucket.total_down_time])).toEqual([
      [2, (10 * 60 + 56 + 60) * 60_000],
      [1, 120 * 60_000],
    ]);
  });

  it('has null for a day without observations, and 100 for one without downtime', async () => {
    const { buckets } = await trend([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T10:01:00Z' }]);
    expect(buckets.map((bucket) => bucket.availability_percentage)).toEqual([null, 100, null, null]);
  });

  it.each(['ignore', 'count'])(
    'observes the last bucket if its only message is at endDate, with edges=%s',
    async (edges) => {
      const query = { startDate: '2024-02-29T10:00:00Z', endDate: '2024-02-29T12:00:00Z', interval: 'hour', edges };
      const { buckets } = await trend([{ at: '2024-02-29T12:00:00Z' }], query);
      expect(buckets.map((bucket) => bucket.availability_percentage)).toEqual([null, 100]);
    },
  );

  it('has null before the first message and in the future with edges=count', async () => {
    const day = 86_400_000;
    const today = Math.floor(Date.now() / day) * day;
    const date = (offset: number) => new Date(today + offset * day).toISOString().slice(0, 10);
    const query = { startDate: date(-3), endDate: date(2), interval: 'day', edges: 'count' };
    const { buckets } = await trend([{ at: today - 1.5 * day }], query);
    expect(buckets.map((bucket) => bucket.availability_percentage === null)).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(buckets[2]!.availability_percentage).toBe(0);
  });

  it('has times in UTC for buckets on the calendar of the zone', async () => {
    const query = {
      startDate: '2023-03-25T23:00:00Z',
      endDate: '2023-03-27T22:00:00Z',
      interval: 'day',
      timezone: 'Europe/Berlin',
    };
    const { buckets } = await trend([], query);
    expect(buckets.map(({ start_time, end_time, total_time }) => ({ start_time, end_time, total_time }))).toEqual([
      { start_time: '2023-03-25T23:00:00Z', end_time: '2023-03-26T22:00:00Z', total_time: 23 * 3_600_000 },
      { start_time: '2023-03-26T22:00:00Z', end_time: '2023-03-27T22:00:00Z', total_time: 24 * 3_600_000 },
    ]);
  });

  it('ends the year 9999 in a form that it accepts as endDate', async () => {
    const query = { startDate: '9999-12-31T00:00:00Z', endDate: '9999-12-31', interval: 'day' };
    const { buckets } = await trend([], query);
    expect(buckets).toMatchObject([{ end_time: '9999-12-31T24:00:00Z', total_time: 86_400_000 }]);
    expect((await trend([], { ...query, endDate: buckets[0]!.end_time })).buckets).toEqual(buckets);
  });

  it.each([
    [{ ...DAYS, interval: 'minute' }, 'interval must be hour or day or week or month or quarter or year, given once'],
    [
      { startDate: '2023-01-01', endDate: '2023-01-04' },
      'interval must be hour or day or week or month or quarter or year, given once',
    ],
    [{ ...DAYS, timezone: '+01:00' }, 'timezone must be one IANA time zone name, such as Europe/Berlin or UTC'],
    [
      { startDate: '2020-01-01', endDate: '2023-01-04', interval: 'hour' },
      'interval hour cuts the range into more than 10000 buckets; choose a longer interval',
    ],
    [{ ...DAYS, edges: 'both' }, 'edges must be ignore or count, given once'],
  ])('refuses %j with 400', async (query: Record<string, string>, message) => {
    const { status, body } = await product.backend.report(query, { below: '/trend' });
    expect({ status, body }).toEqual({
      status: 400,
      body: { statusCode: 400, error: 'Bad Request', message: [message] },
    });
  });
});
