import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  divideByCalendar,
  type Interval,
  INTERVALS,
  isTimeZone,
  MAXIMUM_BUCKETS,
  TooManyBucketsError,
} from './calendar';
import type { Period } from './period';

const HOUR = 3_600_000;
const period = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) });
const startsOf = (start: string, end: string, interval: Interval, zone: string) =>
  divideByCalendar(period(start, end), interval, zone).map((bucket) =>
    bucket.start.toISOString().replace(':00.000Z', 'Z'),
  );
const hoursOf = (start: string, end: string, interval: Interval, zone: string) =>
  divideByCalendar(period(start, end), interval, zone).map(
    (bucket) => (bucket.end.getTime() - bucket.start.getTime()) / HOUR,
  );
/**
 * Does the same in the plainest way: looks at the clock of the zone wherever it may show a full hour, or midnight for
 * longer intervals, and where it changes.
 */
function divideByClock({ start, end }: Period, interval: Interval, zone: string): Period[] {
  const parts = partsOf(zone, start.getTime() - 3 * 24 * HOUR, end.getTime());
  const show = (at: number) => at + (parts.findLast((part) => part.at <= at) ?? parts[0]!).offset;
  const step = interval === 'hour' ? HOUR : 24 * HOUR;
  const candidates = parts.flatMap(({ offset }) => multiplesOf(step, parts[0]!.at, end.getTime(), offset));
  const cuts: number[] = [];
  let latest = -Infinity;
  for (const at of [...candidates, ...parts.map((part) => part.at)].sort((one, other) => one - other)) {
    const label = labelOf(show(at), interval);
    const isCut =
      interval === 'hour' ? show(at) % HOUR === 0 || label !== labelOf(show(at - 1), interval) : label > latest;
    if (isCut && at > start.getTime() && at < end.getTime() && at !== cuts.at(-1)) cuts.push(at);
    latest = Math.max(latest, label);
  }
  const ends = [...cuts.map((at) => new Date(at)), end];
  return ends.map((until, index) => ({ start: ends[index - 1] ?? start, end: until }));
}

/** The instants at which a clock that is ahead of UTC by `offset` shows a multiple of `step`, such as a full hour. */
function multiplesOf(step: number, fromMs: number, toMs: number, offset: number): number[] {
  const first = Math.ceil((fromMs + offset) / step) * step - offset;
  return Array.from({ length: Math.max(0, Math.ceil((toMs - first) / step)) }, (_, index) => first + index * step);
}

/** The offsets of a zone in a period, and the instants from which they are valid. */
function partsOf(zone: string, fromMs: number, toMs: number): { at: number; offset: number }[] {
  const parts = [];
  let time: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone);
  for (; time !== null && time.epochMilliseconds < toMs; time = time.getTimeZoneTransition('next'))
    parts.push({ at: time.epochMilliseconds, offset: time.offsetNanoseconds / 1e6 });
  return parts;
}

/** The first clock change after an instant, or that instant if there is none. */
function nextChange(zone: string, at: number): number {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return time.getTimeZoneTransition('next')?.epochMilliseconds ?? at;
}

/** A number that is the same for all times of an interval, and grows with it. */
function labelOf(shown: number, interval: Interval): number {
  const day = Math.floor(shown / (24 * HOUR));
  switch (interval) {
    case 'hour':
      return Math.floor(shown / HOUR);
    case 'day':
      return day;
    case 'week':
      // 1970-01-01 was a Thursday.
      return Math.floor((day + 3) / 7);
    case 'month':
      return monthOf(shown);
    case 'quarter':
      return Math.floor(monthOf(shown) / 3);
    case 'year':
      return new Date(shown).getUTCFullYear();
  }
}

function monthOf(shown: number): number {
  return new Date(shown).getUTCFullYear() * 12 + new Date(shown).getUTCMonth();
}

describe('divideByCalendar', () => {
  it('clips the first and the last part to the period', () => {
    expect(divideByCalendar(period('2023-01-01T06:00Z', '2023-01-03T12:00Z'), 'day', 'UTC')).toEqual([
      period('2023-01-01T06:00Z', '2023-01-02T00:00Z'),
      period('2023-01-02T00:00Z', '2023-01-03T00:00Z'),
      period('2023-01-03T00:00Z', '2023-01-03T12:00Z'),
    ]);
  });

  it('has a day of 23 and one of 25 hours where clocks change', () => {
    expect(hoursOf('2023-03-24T23:00Z', '2023-03-27T22:00Z', 'day', 'Europe/Berlin')).toEqual([24, 23, 24]);
    expect(hoursOf('2023-10-27T22:00Z', '2023-10-30T23:00Z', 'day', 'Europe/Berlin')).toEqual([24, 25, 24]);
  });

  it('begins a day where midnight does not exist', () => {
    expect(startsOf('2023-03-25T22:00Z', '2023-03-27T22:00Z', 'day', 'Africa/Cairo')).toHaveLength(2);
    expect(hoursOf('2024-09-07T04:00Z', '2024-09-10T03:00Z', 'day', 'America/Santiago')).toEqual([24, 23, 24]);
  });

  it('begins weeks on Monday', () => {
    expect(startsOf('2023-01-01T00:00Z', '2023-01-16T00:00Z', 'week', 'UTC')).toEqual([
      '2023-01-01T00:00Z',
      '2023-01-02T00:00Z',
      '2023-01-09T00:00Z',
    ]);
  });

  it('begins months in the zone', () => {
    expect(startsOf('2023-01-31T23:30Z', '2023-04-01T00:00Z', 'month', 'Europe/Berlin')).toEqual([
      '2023-01-31T23:30Z',
      '2023-02-28T23:00Z',
      '2023-03-31T22:00Z',
    ]);
  });

  it('begins quarters in January, April, July and October, and years in January', () => {
    expect(startsOf('2022-11-15T00:00Z', '2023-12-31T23:00Z', 'quarter', 'Europe/Berlin')).toEqual([
      '2022-11-15T00:00Z',
      '2022-12-31T23:00Z',
      '2023-03-31T22:00Z',
      '2023-06-30T22:00Z',
      '2023-09-30T22:00Z',
    ]);
    expect(startsOf('2020-12-31T23:00Z', '2023-06-01T00:00Z', 'year', 'Europe/Berlin')).toEqual([
      '2020-12-31T23:00Z',
      '2021-12-31T23:00Z',
      '2022-12-31T23:00Z',
    ]);
  });

  it('begins hours at half past where the zone does', () => {
    expect(startsOf('2023-01-01T00:00Z', '2023-01-01T02:00Z', 'hour', 'Asia/Kolkata')).toEqual([
      '2023-01-01T00:00Z',
      '2023-01-01T00:30Z',
      '2023-01-01T01:30Z',
    ]);
  });

  it('has the repeated hour twice, and not the one that is left out', () => {
    expect(hoursOf('2023-10-28T23:00Z', '2023-10-29T03:00Z', 'hour', 'Europe/Berlin')).toEqual([1, 1, 1, 1]);
    expect(hoursOf('2023-03-26T00:00Z', '2023-03-26T03:00Z', 'hour', 'Europe/Berlin')).toEqual([1, 1, 1]);
  });

  it('begins hours on the clock again after one that was set by half an hour', () => {
    expect(startsOf('2023-04-01T13:00Z', '2023-04-01T17:00Z', 'hour', 'Australia/Lord_Howe')).toEqual([
      '2023-04-01T13:00Z',
      '2023-04-01T14:00Z',
      '2023-04-01T15:30Z',
      '2023-04-01T16:30Z',
    ]);
  });

  it('goes on from a time that the clock shows for the second time', () => {
    expect(startsOf('2010-11-07T03:00Z', '2010-11-07T05:00Z', 'hour', 'America/St_Johns')).toEqual([
      '2010-11-07T03:00Z',
      '2010-11-07T03:30Z',
      '2010-11-07T04:30Z',
    ]);
    expect(startsOf('2010-11-07T03:00Z', '2010-11-08T05:00Z', 'day', 'America/St_Johns')).toEqual([
      '2010-11-07T03:00Z',
      '2010-11-08T03:30Z',
    ]);
  });

  it('goes on from an hour whose beginning is left out', () => {
    expect(startsOf('2010-03-14T03:45Z', '2010-03-14T06:00Z', 'hour', 'America/St_Johns')).toEqual([
      '2010-03-14T03:45Z',
      '2010-03-14T04:30Z',
      '2010-03-14T05:30Z',
    ]);
  });

  it.each([
    ['Australia/Lord_Howe', '2024-10-05T14:30Z', ['2024-10-05T15:30Z', '2024-10-05T16:00Z', '2024-10-05T17:00Z']],
    ['America/Caracas', '2016-05-01T05:30Z', ['2016-05-01T06:30Z', '2016-05-01T07:00Z', '2016-05-01T08:00Z']],
    ['Asia/Pyongyang', '2018-05-04T13:30Z', ['2018-05-04T14:30Z', '2018-05-04T15:00Z', '2018-05-04T16:00Z']],
    ['Antarctica/Casey', '2021-10-02T15:00Z', ['2021-10-02T16:00Z', '2021-10-02T16:01Z', '2021-10-02T17:00Z']],
  ])('begins an hour where the clock of %s jumps into another one', (zone, first, others) => {
    const end = new Date(Date.parse(others.at(-1)!) + HOUR).toISOString();
    expect(startsOf(first, end, 'hour', zone)).toEqual([first, ...others]);
    // The cuts do not depend on where the period begins.
    for (const [index, start] of others.entries())
      expect(startsOf(start, end, 'hour', zone)).toEqual(others.slice(index));
  });

  it('begins months in the first century', () => {
    expect(startsOf('0050-01-15T00:00Z', '0050-03-15T00:00Z', 'month', 'UTC')).toEqual([
      '0050-01-15T00:00Z',
      '0050-02-01T00:00Z',
      '0050-03-01T00:00Z',
    ]);
  });

  it('cuts where the clock says so, in any zone around any of its clock changes', () => {
    const reach = {
      hour: 5 * HOUR,
      day: 60 * HOUR,
      week: 220 * HOUR,
      month: 900 * HOUR,
      quarter: 2_700 * HOUR,
      year: 9_000 * HOUR,
    };
    const timeFrom = (year: string) => fc.integer({ min: Date.parse(year), max: Date.parse('2045') });
    const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    // Not a double, most of which are next to zero.
    const part = fc.integer({ min: 0, max: 1e6 }).map((millionths) => millionths / 1e6);
    const division = fc
      .record({
        zone: fc.oneof(
          anyZone,
          fc.constantFrom('Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia', 'America/Juneau'),
        ),
        interval: fc.constantFrom('hour', ...INTERVALS),
        time: fc.oneof(timeFrom('1840'), timeFrom('1980')),
        before: part,
        length: part,
        isRound: fc.boolean(),
      })
      .map(({ zone, interval, time, before, length, isRound }) => {
        const startMs = nextChange(zone, time) - Math.floor(before * reach[interval]);
        const start = new Date(isRound ? startMs - (startMs % (HOUR / 2)) : startMs);
        return { zone, interval, start, end: new Date(start.getTime() + 1 + Math.floor(length * 2 * reach[interval])) };
      });
    fc.assert(
      fc.property(fc.noBias(division), ({ start, end, interval, zone }) => {
        expect(divideByCalendar({ start, end }, interval, zone)).toEqual(divideByClock({ start, end }, interval, zone));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses more than 10 000 buckets', () => {
    const start = new Date('2023-01-01T00:00Z');
    const hours = (count: number) => ({ start, end: new Date(start.getTime() + count * HOUR) });
    expect(divideByCalendar(hours(MAXIMUM_BUCKETS), 'hour', 'UTC')).toHaveLength(MAXIMUM_BUCKETS);
    expect(() => divideByCalendar(hours(MAXIMUM_BUCKETS + 1), 'hour', 'UTC')).toThrow(TooManyBucketsError);
    expect(() => divideByCalendar(period('0001-01-01', '9999-12-31'), 'hour', 'Europe/Berlin')).toThrow(
      TooManyBucketsError,
    );
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
