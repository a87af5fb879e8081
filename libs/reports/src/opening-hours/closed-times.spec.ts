import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { durationOf, type Period } from '../availability/period';
import { closedTimes } from './closed-times';
import { excludedTime } from './excluded-time';
import { OpenClock } from './open-clock';
import { type Exclusion, openIntervals, type OpeningHours } from './opening-hours';
import { parseDailyHours, parseWeeklyHours } from './weekly-hours';

/** Around a change of their clocks. */
const CHANGES = [
  ['Europe/Berlin', '2026-10-20'],
  ['America/St_Johns', '2026-03-04'],
  ['Australia/Lord_Howe', '2026-04-01'],
  ['Pacific/Apia', '2011-12-27'],
] as const;
const DAYS = 10;

const at = (text: string) => new Date(`2026-03-${text}+01:00`);
const OFFICE: OpeningHours = {
  timeZone: 'Europe/Berlin',
  versions: [{ hours: parseWeeklyHours('Mo-Fr 09:00-18:00') }],
};
const FRIDAY_TO_MONDAY = { start: at('06T00:00'), end: at('10T00:00') };

describe('closed times', () => {
  it('are those outside the hours of a week', () => {
    expect(closedTimes(OFFICE, FRIDAY_TO_MONDAY)).toEqual([
      { start: at('06T00:00'), end: at('06T09:00') },
      { start: at('06T18:00'), end: at('09T09:00') },
      { start: at('09T18:00'), end: at('10T00:00') },
    ]);
  });

  it('are clipped to the period, and none within the hours', () => {
    expect(closedTimes(OFFICE, { start: at('06T10:00'), end: at('06T18:30') })).toEqual([
      { start: at('06T18:00'), end: at('06T18:30') },
    ]);
    expect(closedTimes(OFFICE, { start: at('06T09:00'), end: at('06T18:00') })).toEqual([]);
  });

  it('are all of a holiday', () => {
    const exceptions = [{ date: '2026-03-09', hours: parseDailyHours('off'), name: 'Holiday' }];
    expect(closedTimes({ ...OFFICE, exceptions }, { start: at('09T00:00'), end: at('10T00:00') })).toEqual([
      { start: at('09T00:00'), end: at('10T00:00') },
    ]);
  });

  it('have the reason of the first exclusion, and none outside the hours', () => {
    const exclusions = [
      { start: at('09T11:00'), end: at('09T13:00'), reason: 'later' },
      { start: at('09T08:00'), end: at('09T12:00'), reason: 'earlier' },
    ];
    expect(closedTimes({ ...OFFICE, exclusions }, { start: at('09T07:00'), end: at('09T14:00') })).toEqual([
      { start: at('09T07:00'), end: at('09T09:00') },
      { start: at('09T09:00'), end: at('09T12:00'), reason: 'earlier' },
      { start: at('09T12:00'), end: at('09T13:00'), reason: 'later' },
    ]);
  });

  describe.each(CHANGES)('in %s from %s on', (timeZone, date) => {
    const startMs = Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
    const endMs = startMs + DAYS * 86_400_000;
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const interval = fc
      .tuple(minute, minute)
      .filter(([start, end]) => start !== end)
      .map(([start, end]) => ({ start, end: end > start ? end : end + 24 * 60 }));
    const week = fc.array(fc.array(interval, { maxLength: 2 }), { minLength: 7, maxLength: 7 });
    const instant = fc.integer({ min: startMs, max: endMs }).map((ms) => new Date(ms));
    const period = fc
      .tuple(instant, instant)
      .map(([one, other]): Period => (one < other ? { start: one, end: other } : { start: other, end: one }))
      .filter(({ start, end }) => start < end);
    const exclusion = fc.tuple(period, fc.string()).map(([taken, reason]): Exclusion => ({ ...taken, reason }));
    const openingHours = fc
      .tuple(week, fc.array(exclusion, { maxLength: 4 }))
      .map(([hours, exclusions]): OpeningHours => ({ timeZone, versions: [{ hours }], exclusions }));
    const sum = (times: Period[]) => times.reduce((all, time) => all + durationOf(time), 0);

    it('fill the period together with the open time', () => {
      fc.assert(
        fc.property(openingHours, period, (hours, asked) => {
          const closed = closedTimes(hours, asked);
          const all = [...closed, ...openIntervals(hours, asked)];
          all.sort((one, other) => one.start.getTime() - other.start.getTime());
          const ends = all.map(({ end }) => end);
          expect(all.map(({ start }) => start)).toEqual([asked.start, ...ends.slice(0, -1)]);
          expect(ends.at(-1)).toEqual(asked.end);
          expect(closed.every(({ start, end }) => start < end)).toBe(true);
        }),
      );
    });

    it('are where the open clock stands still', () => {
      fc.assert(
        fc.property(openingHours, period, instant, (hours, asked, look) => {
          fc.pre(asked.start <= look && look < asked.end);
          const isClosed = closedTimes(hours, asked).some(({ start, end }) => start <= look && look < end);
          expect(isClosed).toBe(!new OpenClock(openIntervals(hours, asked), asked).isOpen(look));
        }),
      );
    });

    it('have as much time for each reason as is excluded for it', () => {
      fc.assert(
        fc.property(openingHours, period, (hours, asked) => {
          const closed = closedTimes(hours, asked);
          const excluded = excludedTime(hours, asked);
          for (const reason of new Set(excluded.map((one) => one.reason))) {
            const counted = excluded.filter((one) => one.reason === reason);
            expect(sum(closed.filter((one) => one.reason === reason))).toBe(
              counted.reduce((all, { durationMs }) => all + durationMs, 0),
            );
          }
        }),
      );
    });
  });
});
