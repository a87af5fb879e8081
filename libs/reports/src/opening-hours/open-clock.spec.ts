import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { divideByCalendar } from '../availability/calendar';
import { DOWNTIME_THRESHOLD_MS, measureAvailability } from '../availability/downtime';
import type { Period } from '../availability/period';
import { allocateToBuckets } from '../availability/trend';
import { OpenClock } from './open-clock';
import { openIntervals, type OpeningHours } from './opening-hours';
import { parseWeeklyHours } from './weekly-hours';

const BERLIN = 'Europe/Berlin';
const MINUTE_MS = 60_000;

const local = (text: string) => new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(BERLIN).epochMilliseconds);
const weekly = (hours: string): OpeningHours => ({ timeZone: BERLIN, versions: [{ hours: parseWeeklyHours(hours) }] });

const DAYS = { Fri: '06', Sat: '07', Sun: '08', Mon: '09' };
/** An instant in March 2026, such as `Fri 17:57`. */
function on(text: string): Date {
  const [day, time] = text.split(' ') as [keyof typeof DAYS, string];
  return local(`2026-03-${DAYS[day]}T${time}`);
}

/** Two messages each, as the statement over messages finds them. */
function gapsBetween(messages: Date[]) {
  const instants = messages.map((message) => message.getTime());
  return instants.slice(1).map((endMs, index) => ({ startMs: instants[index]!, endMs, sessionId: String(index) }));
}

function measure(openingHours: OpeningHours, messages: Date[], period: Period) {
  const clock = new OpenClock(openIntervals(openingHours, period), period);
  return measureAvailability(period, gapsBetween(messages), DOWNTIME_THRESHOLD_MS, period.end, clock);
}

describe('downtime within opening hours', () => {
  const PERIOD = { start: local('2026-03-06'), end: local('2026-03-10') };
  const OFFICE = 'Mo-Fr 09:00-18:00';
  const LUNCH = 'Mo-Fr 09:00-12:00,13:00-17:00';

  it.each([
    [OFFICE, ['Fri 17:57', 'Mon 09:30'], 1_860_000, 'Fri 17:59', 'Mon 09:30'],
    [OFFICE, ['Fri 17:58', 'Mon 09:00:10'], 10_000, 'Mon 09:00:00', 'Mon 09:00:10'],
    [OFFICE, ['Fri 17:59', 'Mon 09:01:01'], 1_000, 'Mon 09:01:00', 'Mon 09:01:01'],
    [OFFICE, ['Fri 17:50', 'Sat 11:00', 'Mon 09:01'], 480_000, 'Fri 17:52', 'Fri 18:00'],
    [LUNCH, ['Mon 11:59', 'Mon 13:05'], 240_000, 'Mon 13:01', 'Mon 13:05'],
    ['24/7', ['Fri 23:59', 'Sat 00:05'], 240_000, 'Sat 00:01', 'Sat 00:05'],
  ])('%s: %j is down for %i ms, from %s to %s', (hours, messages, durationMs, start, end) => {
    const { downtimes, totalDowntimeMs } = measure(weekly(hours), messages.map(on), PERIOD);
    expect(downtimes).toEqual([{ start: on(start), end: on(end), durationMs, sessionId: '0' }]);
    expect(totalDowntimeMs).toBe(durationMs);
  });

  it('is a part of the open time', () => {
    const messages = ['Fri 17:57', 'Mon 09:30'].map(on);
    expect(measure(weekly(OFFICE), messages, PERIOD)).toMatchObject({
      totalTimeMs: 64_800_000,
      availabilityPercentage: 97.12962962962963,
    });
  });

  it('begins after exactly two open minutes', () => {
    const messages = ['Fri 17:59', 'Mon 09:01:00'].map(on);
    expect(measure(weekly(OFFICE), messages, PERIOD).downtimes).toEqual([]);
  });

  it('has no percentage where a team is closed all the time', () => {
    const weekend = { start: on('Sat 00:00'), end: on('Mon 00:00') };
    const messages = ['Sat 10:00', 'Sun 10:00'].map(on);
    expect(measure(weekly(OFFICE), messages, weekend)).toEqual({
      availabilityPercentage: null,
      downtimes: [],
      totalDowntimeMs: 0,
      totalTimeMs: 0,
    });
  });

  describe('whatever the hours', () => {
    /** Ten days around a change of clocks. */
    const TEN_DAYS = { start: local('2026-03-24'), end: local('2026-04-03') };
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const interval = fc
      .tuple(minute, minute)
      .filter(([start, end]) => start !== end)
      .map(([start, end]) => ({ start, end: end > start ? end : end + 24 * 60 }));
    const week = fc.array(fc.array(interval, { maxLength: 2 }), { minLength: 7, maxLength: 7 });
    const instant = fc
      .integer({ min: TEN_DAYS.start.getTime(), max: TEN_DAYS.end.getTime() })
      .map((ms) => new Date(ms));
    const messages = fc
      .array(fc.oneof(instant, { weight: 2, arbitrary: instant.map(toMinute) }), {
        minLength: 2,
        maxLength: 40,
      })
      .map((instants) => instants.sort((one, other) => one.getTime() - other.getTime()));
    const inBerlin = (hours: OpeningHours['versions'][0]['hours']): OpeningHours => ({
      timeZone: BERLIN,
      versions: [{ hours }],
    });

    it('without hours and with 24/7 it is the same', () => {
      fc.assert(
        fc.property(messages, (instants) => {
          const wall = measureAvailability(TEN_DAYS, gapsBetween(instants), DOWNTIME_THRESHOLD_MS);
          expect(measure(weekly('24/7'), instants, TEN_DAYS)).toEqual(wall);
        }),
      );
    });

    it('it is what is left of each silence after two of its open milliseconds, one by one', () => {
      fc.assert(
        fc.property(week, messages, (hours, instants) => {
          const open = openIntervals(inBerlin(hours), TEN_DAYS);
          const { downtimes } = measure(inBerlin(hours), instants, TEN_DAYS);
          expect(downtimes).toEqual(gapsBetween(instants).flatMap((gap) => consume(open, gap)));
        }),
        { numRuns: 300 },
      );
    });

    it('it lies within open time and within downtime by the wall clock', () => {
      fc.assert(
        fc.property(week, messages, (hours, instants) => {
          const open = openIntervals(inBerlin(hours), TEN_DAYS);
          const wall = measureAvailability(TEN_DAYS, gapsBetween(instants), DOWNTIME_THRESHOLD_MS).downtimes;
          for (const { start, end, durationMs } of measure(inBerlin(hours), instants, TEN_DAYS).downtimes) {
            expect(open.some((one) => one.start <= start && start < one.end)).toBe(true);
            expect(open.some((one) => one.start < end && end <= one.end)).toBe(true);
            expect(wall.some((one) => one.start <= start && end <= one.end)).toBe(true);
            expect(durationMs).toBeLessThanOrEqual(end.getTime() - start.getTime());
          }
        }),
      );
    });

    it('fewer hours and one more message never add any', () => {
      fc.assert(
        fc.property(week, fc.nat(6), messages, instant, (hours, day, instants, extra) => {
          const before = measure(inBerlin(hours), instants, TEN_DAYS).totalDowntimeMs;
          const shorter = hours.with(day, []);
          expect(measure(inBerlin(shorter), instants, TEN_DAYS).totalDowntimeMs).toBeLessThanOrEqual(before);
          fc.pre(instants[0]! < extra && extra < instants.at(-1)!);
          const more = [...instants, extra].sort((one, other) => one.getTime() - other.getTime());
          expect(measure(inBerlin(hours), more, TEN_DAYS).totalDowntimeMs).toBeLessThanOrEqual(before);
        }),
      );
    });

    it('splitting an interval changes nothing', () => {
      fc.assert(
        fc.property(interval, fc.double({ min: 0, max: 1, noNaN: true }), messages, (whole, part, instants) => {
          const middle = Math.round(whole.start + (whole.end - whole.start) * part);
          const parts = [
            { start: whole.start, end: middle },
            { start: middle, end: whole.end },
          ].filter(({ start, end }) => start < end);
          const daily = (intervals: typeof parts) => inBerlin(Array.from({ length: 7 }, () => intervals));
          expect(measure(daily(parts), instants, TEN_DAYS)).toEqual(measure(daily([whole]), instants, TEN_DAYS));
        }),
      );
    });

    it('the parts of a range add up, wherever it is cut', () => {
      fc.assert(
        fc.property(week, messages, instant, (hours, instants, cut) => {
          const clock = new OpenClock(openIntervals(inBerlin(hours), TEN_DAYS), TEN_DAYS);
          const measureIn = (period: Period) =>
            measureAvailability(period, gapsBetween(instants), DOWNTIME_THRESHOLD_MS, period.end, clock);
          const whole = measureIn(TEN_DAYS);
          const parts = [
            { start: TEN_DAYS.start, end: cut },
            { start: cut, end: TEN_DAYS.end },
          ].map(measureIn);
          expect(parts[0]!.totalTimeMs + parts[1]!.totalTimeMs).toBe(whole.totalTimeMs);
          expect(parts[0]!.totalDowntimeMs + parts[1]!.totalDowntimeMs).toBe(whole.totalDowntimeMs);
          const buckets = allocateToBuckets(
            divideByCalendar(TEN_DAYS, 'hour', BERLIN),
            whole.downtimes,
            TEN_DAYS,
            clock,
          );
          const sum = (of: (bucket: (typeof buckets)[0]) => number) => buckets.reduce((all, one) => all + of(one), 0);
          expect(sum(({ totalTimeMs }) => totalTimeMs)).toBe(whole.totalTimeMs);
          expect(sum(({ totalDowntimeMs }) => totalDowntimeMs)).toBe(whole.totalDowntimeMs);
        }),
      );
    });
  });
});

function toMinute(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS);
}

/** Walks through the open parts of a silence: the first two minutes of them are free, the rest is downtime. */
function consume(open: Period[], { startMs, endMs, sessionId }: ReturnType<typeof gapsBetween>[number]) {
  let freeMs = DOWNTIME_THRESHOLD_MS;
  let durationMs = 0;
  let downtime: { start: Date; end: Date } | undefined;
  for (const part of open) {
    const fromMs = Math.max(part.start.getTime(), startMs);
    const toMs = Math.min(part.end.getTime(), endMs);
    if (toMs <= fromMs) continue;
    const freeHere = Math.min(freeMs, toMs - fromMs);
    freeMs -= freeHere;
    if (fromMs + freeHere === toMs) continue;
    downtime = { start: downtime?.start ?? new Date(fromMs + freeHere), end: new Date(toMs) };
    durationMs += toMs - fromMs - freeHere;
  }
  return downtime === undefined ? [] : [{ ...downtime, durationMs, sessionId }];
}
