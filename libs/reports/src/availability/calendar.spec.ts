import fc from 'fast-check';
import { cutByCalendar, type Interval, INTERVALS, isTimeZone, MAXIMUM_BUCKETS, TooManyBucketsError } from './calendar';

const HOUR = 3_600_000;
const period = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) });
const startsOf = async (start: string, end: string, interval: Interval, zone: string) =>
  (await cutByCalendar(period(start, end), interval, zone)).map((bucket) =>
    bucket.start.toISOString().replace(':00.000Z', 'Z'),
  );
const hoursOf = async (start: string, end: string, interval: Interval, zone: string) =>
  (await cutByCalendar(period(start, end), interval, zone)).map(
    (bucket) => (bucket.end.getTime() - bucket.start.getTime()) / HOUR,
  );
const milliseconds = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

describe('cutByCalendar', () => {
  it('clips the first and the last part to the period', async () => {
    expect(await cutByCalendar(period('2023-01-01T06:00Z', '2023-01-03T12:00Z'), 'day', 'UTC')).toEqual([
      period('2023-01-01T06:00Z', '2023-01-02T00:00Z'),
      period('2023-01-02T00:00Z', '2023-01-03T00:00Z'),
      period('2023-01-03T00:00Z', '2023-01-03T12:00Z'),
    ]);
  });

  it('has a day of 23 and one of 25 hours where clocks change', async () => {
    expect(await hoursOf('2023-03-24T23:00Z', '2023-03-27T22:00Z', 'day', 'Europe/Berlin')).toEqual([24, 23, 24]);
    expect(await hoursOf('2023-10-27T22:00Z', '2023-10-30T23:00Z', 'day', 'Europe/Berlin')).toEqual([24, 25, 24]);
  });

  it('begins a day where midnight does not exist', async () => {
    expect(await startsOf('2023-03-25T22:00Z', '2023-03-27T22:00Z', 'day', 'Africa/Cairo')).toHaveLength(2);
    expect(await hoursOf('2024-09-07T04:00Z', '2024-09-10T03:00Z', 'day', 'America/Santiago')).toEqual([24, 23, 24]);
  });

  it('begins weeks on Monday', async () => {
    expect(await startsOf('2023-01-01T00:00Z', '2023-01-16T00:00Z', 'week', 'UTC')).toEqual([
      '2023-01-01T00:00Z',
      '2023-01-02T00:00Z',
      '2023-01-09T00:00Z',
    ]);
  });

  it('begins months in the zone', async () => {
    expect(await startsOf('2023-01-31T23:30Z', '2023-04-01T00:00Z', 'month', 'Europe/Berlin')).toEqual([
      '2023-01-31T23:30Z',
      '2023-02-28T23:00Z',
      '2023-03-31T22:00Z',
    ]);
  });

  it('begins hours at half past where the zone does', async () => {
    expect(await startsOf('2023-01-01T00:00Z', '2023-01-01T02:00Z', 'hour', 'Asia/Kolkata')).toEqual([
      '2023-01-01T00:00Z',
      '2023-01-01T00:30Z',
      '2023-01-01T01:30Z',
    ]);
  });

  it('has the repeated hour twice, and not the one that is left out', async () => {
    expect(await hoursOf('2023-10-28T23:00Z', '2023-10-29T03:00Z', 'hour', 'Europe/Berlin')).toEqual([1, 1, 1, 1]);
    expect(await hoursOf('2023-03-26T00:00Z', '2023-03-26T03:00Z', 'hour', 'Europe/Berlin')).toEqual([1, 1, 1]);
  });

  it('begins hours on the clock again after one that was set by half an hour', async () => {
    expect(await startsOf('2023-04-01T13:00Z', '2023-04-01T17:00Z', 'hour', 'Australia/Lord_Howe')).toEqual([
      '2023-04-01T13:00Z',
      '2023-04-01T14:00Z',
      '2023-04-01T15:30Z',
      '2023-04-01T16:30Z',
    ]);
  });

  it('goes on from a time that the clock shows for the second time', async () => {
    expect(await startsOf('2010-11-07T03:00Z', '2010-11-07T05:00Z', 'hour', 'America/St_Johns')).toEqual([
      '2010-11-07T03:00Z',
      '2010-11-07T03:30Z',
      '2010-11-07T04:30Z',
    ]);
    expect(await startsOf('2010-11-07T03:00Z', '2010-11-08T05:00Z', 'day', 'America/St_Johns')).toEqual([
      '2010-11-07T03:00Z',
      '2010-11-08T03:30Z',
    ]);
  });

  it('goes on from an hour whose beginning is left out', async () => {
    expect(await startsOf('2010-03-14T03:45Z', '2010-03-14T06:00Z', 'hour', 'America/St_Johns')).toEqual([
      '2010-03-14T03:45Z',
      '2010-03-14T04:30Z',
      '2010-03-14T05:30Z',
    ]);
  });

  it('covers any period without gap or overlap, in any zone', async () => {
    const anyTime = fc.date({ min: new Date('1990-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    const clockChanges = fc.constantFrom(
      '2010-11-07T02:31Z',
      '2010-03-14T03:31Z',
      '2023-04-01T15:00Z',
      '2011-12-30T10:00Z',
    );
    const around = fc
      .tuple(clockChanges, fc.integer({ min: -3 * HOUR, max: 3 * HOUR }))
      .map(([change, offset]) => new Date(Date.parse(change) + offset));
    const instant = fc.oneof(anyTime, around);
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
    );
    await fc.assert(
      fc.asyncProperty(
        instant,
        fc.integer({ min: 1, max: 60 * 24 * HOUR }),
        fc.constantFrom(...INTERVALS),
        zone,
        async (start, length, interval, timeZone) => {
          const end = new Date(start.getTime() + length);
          const buckets = await cutByCalendar({ start, end }, interval, timeZone);
          expect(buckets[0]!.start).toEqual(start);
          expect(buckets.at(-1)!.end).toEqual(end);
          for (const [index, bucket] of buckets.entries()) {
            expect(bucket.start < bucket.end).toBe(true);
            if (index > 0) expect(bucket.start).toEqual(buckets[index - 1]!.end);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses more than 10 000 parts', async () => {
    const start = new Date('2023-01-01T00:00Z');
    const hours = (count: number) => ({ start, end: new Date(start.getTime() + count * HOUR) });
    expect(await cutByCalendar(hours(MAXIMUM_BUCKETS), 'hour', 'UTC')).toHaveLength(MAXIMUM_BUCKETS);
    await expect(cutByCalendar(hours(MAXIMUM_BUCKETS + 1), 'hour', 'UTC')).rejects.toThrow(TooManyBucketsError);
  });

  it('refuses what has far more parts without cutting it', async () => {
    const most = period('2023-01-01T00:00Z', '2024-02-21T00:00Z');
    const centuries = period('0001-01-01T00:00Z', '9999-01-01T00:00Z');
    const cutting = await milliseconds(() => cutByCalendar(most, 'hour', 'Europe/Berlin'));
    const refusing = await milliseconds(() =>
      expect(cutByCalendar(centuries, 'hour', 'Europe/Berlin')).rejects.toThrow(),
    );
    expect(refusing).toBeLessThan(cutting / 10);
  });

  it('gives others their turns while it cuts', async () => {
    const turns: number[] = [performance.now()];
    const ticking = setInterval(() => turns.push(performance.now()), 1);
    const year = period('2023-01-01T00:00Z', '2024-01-01T00:00Z');
    const cutting = await milliseconds(() => cutByCalendar(year, 'hour', 'Europe/Berlin'));
    clearInterval(ticking);
    turns.push(performance.now());
    const longest = Math.max(...turns.slice(1).map((turn, index) => turn - turns[index]!));
    expect(longest).toBeLessThan(cutting / 4);
  });
});

describe('isTimeZone', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])('knows %s', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', '+01:00', '-0800', 'Berlin', 'Europe/Berlin '])('does not know %j', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});
