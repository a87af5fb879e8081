import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { durationOf, type Period } from '../availability/period';
import { openIntervals, type OpeningHours } from './opening-hours';
import { parseDailyHours, parseWeeklyHours, type WeeklyHours } from './weekly-hours';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const BERLIN = 'Europe/Berlin';

function local(text: string, timeZone = BERLIN): Date {
  return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds);
}

const weekly = (hours: string, timeZone = BERLIN): OpeningHours => ({
  timeZone,
  versions: [{ hours: parseWeeklyHours(hours) }],
});

const openMs = (openingHours: OpeningHours, start: string, end: string) =>
  openIntervals(openingHours, {
    start: local(start, openingHours.timeZone),
    end: local(end, openingHours.timeZone),
  }).reduce((sum, interval) => sum + durationOf(interval), 0);

describe('open time', () => {
  it.each([
    ['24/7', 23, 25],
    ['01:00-04:00', 2, 4],
    ['02:00-03:00', 0, 2],
    ['02:30-03:15', 0.25, 1.75],
  ])('of %s daily is %s h where the clocks go forward and %s h where they go back', (hours, spring, autumn) => {
    expect(openMs(weekly(hours), '2026-03-29', '2026-03-30') / HOUR_MS).toBe(spring);
    expect(openMs(weekly(hours), '2026-10-25', '2026-10-26') / HOUR_MS).toBe(autumn);
  });

  it('of a night into such a day is 7 h and 9 h', () => {
    const hours = weekly('Sa 22:00-06:00');
    expect(openMs(hours, '2026-03-28', '2026-03-30') / HOUR_MS).toBe(7);
    expect(openMs(hours, '2026-10-24', '2026-10-26') / HOUR_MS).toBe(9);
  });

  it('of a month counts its days', () => {
    expect(openMs(weekly('Mo-Fr 09:00-18:00'), '2026-03-01', '2026-04-01')).toBe(712_800_000);
  });

  it('of a holiday replaces what starts on its date, not what ends on it', () => {
    const hours = { ...weekly('22:00-06:00'), exceptions: [{ date: '2026-12-25', hours: [] }] };
    expect(openMs(hours, '2026-12-25', '2026-12-27') / HOUR_MS).toBe(8);
    const short = {
      ...weekly('Mo-Fr 09:00-18:00'),
      exceptions: [{ date: '2026-12-24', hours: parseDailyHours('09:00-12:00') }],
    };
    expect(openMs(short, '2026-12-24', '2026-12-25') / HOUR_MS).toBe(3);
  });

  it('does not include exclusions', () => {
    const maintenance = { start: local('2026-03-10T11:00'), end: local('2026-03-10T12:30'), reason: 'maintenance' };
    const hours = { ...weekly('Mo-Fr 09:00-12:00,13:00-18:00'), exclusions: [maintenance] };
    expect(openMs(hours, '2026-03-10', '2026-03-11') / HOUR_MS).toBe(7);
  });

  it('does not include any minute of exclusions that overlap, touch or hold one another', () => {
    const period = { start: local('2026-03-09'), end: local('2026-03-14') };
    const minuteAt = (minute: number) => new Date(period.start.getTime() + minute * MINUTE_MS);
    const minute = fc.integer({ min: -600, max: 5 * 24 * 60 + 600 });
    const exclusion = fc
      .tuple(minute, fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 3000 })))
      .map(([from, length]) => ({ start: minuteAt(from), end: minuteAt(from + length), reason: 'maintenance' }));
    const hours = weekly('Mo-Fr 09:00-12:00,13:00-18:00');
    const minutes = Array.from({ length: 5 * 24 * 60 }, (_, index) => minuteAt(index).getTime());
    const holds = (intervals: Period[], atMs: number) =>
      intervals.some(({ start, end }) => start.getTime() <= atMs && atMs < end.getTime());
    fc.assert(
      fc.property(fc.array(exclusion, { maxLength: 6 }), (exclusions) => {
        const open = openIntervals(hours, period);
        const found = openIntervals({ ...hours, exclusions }, period);
        expect(minutes.filter((at) => holds(found, at))).toEqual(
          minutes.filter((at) => holds(open, at) && !holds(exclusions, at)),
        );
        for (const [index, { start, end }] of found.entries()) {
          expect(start < end).toBe(true);
          expect(index === 0 || found[index - 1]!.end < start).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('follows the version of each date, and the first one before all of them', () => {
    const versions = [
      { validFrom: '2026-03-10', hours: parseWeeklyHours('09:00-10:00') },
      { validFrom: '2026-03-12', hours: parseWeeklyHours('09:00-12:00') },
    ];
    const hoursOn = (day: number) =>
      openMs({ timeZone: BERLIN, versions }, `2026-03-${day}`, `2026-03-${day + 1}`) / HOUR_MS;
    expect([10, 11, 12, 13].map(hoursOn)).toEqual([1, 1, 3, 3]);
    expect(openMs({ timeZone: BERLIN, versions }, '2025-03-01', '2025-03-02') / HOUR_MS).toBe(1);
  });

  it('counts once where intervals overlap', () => {
    expect(openMs(weekly('09:00-12:00,11:00-17:00'), '2026-03-10', '2026-03-11') / HOUR_MS).toBe(8);
  });

  it('joins intervals that meet, over midnight as well', () => {
    const period = { start: local('2026-03-02'), end: local('2026-03-09') };
    expect(openIntervals(weekly('24/7'), period)).toEqual([period]);
    expect(openIntervals(weekly('22:00-12:00,12:00-22:00'), period)).toEqual([period]);
  });

  describe('agrees with the minutes of a clock', () => {
    const ZONES: [zone: string, around: string][] = [
      [BERLIN, '2026-03-29'],
      [BERLIN, '2026-10-25'],
      ['Pacific/Apia', '2011-12-30'],
      ['Asia/Kathmandu', '2026-05-05'],
      ['Africa/Casablanca', '2026-02-15'],
      ['Africa/Casablanca', '2026-03-22'],
      ['America/Nuuk', '2024-03-31'],
      ['America/Nuuk', '2026-10-25'],
      ['Antarctica/Troll', '2026-03-29'],
      ['Antarctica/Troll', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Australia/Lord_Howe', '2026-10-04'],
      ['America/St_Johns', '2026-03-08'],
      ['America/St_Johns', '2011-11-06'],
    ];
    const minute = fc.integer({ min: 0, max: 24 * 4 - 1 }).map((quarter) => quarter * 15);
    const daily = fc.array(
      fc
        .tuple(minute, minute)
        .filter(([start, end]) => start !== end)
        .map(([start, end]) => ({ start, end: end > start ? end : end + 24 * 60 })),
      { maxLength: 3 },
    );
    const week = fc.array(daily, { minLength: 7, maxLength: 7 });

    it.each(ZONES)('in %s around %s', (timeZone, around) => {
      const minutes = minutesOf(timeZone, around);
      const position = fc.nat(minutes.length - 1);
      fc.assert(
        fc.property(week, position, position, (hours, one, other) => {
          fc.pre(one !== other);
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const period = { start: new Date(minutes[from]!.instantMs), end: new Date(minutes[to]!.instantMs) };
          const found = openIntervals({ timeZone, versions: [{ hours: hours }] }, period);
          expect(found).toEqual(openMinutes(minutes, hours, from, to));
        }),
        { numRuns: 60 },
      );
    });
  });
});

interface Minute {
  instantMs: number;
  /** As if the local time were in UTC. */
  localMs: number;
  /** The latest local time so far: clocks that go back show earlier times again. */
  latestMs: number;
}

/** The minutes of nine days, as clocks show them. */
function minutesOf(timeZone: string, around: string): Minute[] {
  const middleMs = Date.parse(around);
  const minutes: Minute[] = [];
  let offsetMs = 0;
  for (let instantMs = middleMs - 108 * HOUR_MS; instantMs < middleMs + 108 * HOUR_MS; instantMs += MINUTE_MS) {
    // Clocks change at a quarter of an hour.
    if (instantMs % (15 * MINUTE_MS) === 0) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
      offsetMs = zoned.offsetNanoseconds / 1e6;
    }
    const localMs = instantMs + offsetMs;
    minutes.push({ instantMs, localMs, latestMs: Math.max(localMs, minutes.at(-1)?.latestMs ?? -Infinity) });
  }
  return minutes;
}

/** Opens and closes at the first minute at which the clock has reached the time, minute by minute. */
function openMinutes(minutes: Minute[], hours: WeeklyHours, from: number, to: number): Period[] {
  const isOpen = new Uint8Array(minutes.length);
  const firstDay = Math.floor(minutes[0]!.localMs / 86_400_000) - 2;
  const lastDay = Math.floor(minutes.at(-1)!.localMs / 86_400_000) + 2;
  for (let day = firstDay; day <= lastDay; day++) {
    const weekday = new Date(day * 86_400_000).getUTCDay();
    for (const { start, end } of hours[(weekday + 6) % 7]!) {
      const openMs = day * 86_400_000 + start * MINUTE_MS;
      const closeMs = day * 86_400_000 + end * MINUTE_MS;
      for (let index = from; index < to; index++) {
        const { latestMs } = minutes[index]!;
        if (latestMs >= openMs && latestMs < closeMs) isOpen[index] = 1;
      }
    }
  }
  const intervals: Period[] = [];
  for (let index = from; index < to; index++) {
    const period = { start: new Date(minutes[index]!.instantMs), end: new Date(minutes[index]!.instantMs + MINUTE_MS) };
    if (!isOpen[index]) continue;
    if (index > from && isOpen[index - 1]) intervals.at(-1)!.end = period.end;
    else intervals.push(period);
  }
  return intervals;
}
