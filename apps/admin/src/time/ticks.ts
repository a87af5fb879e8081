import { Temporal } from 'temporal-polyfill';
import { datesOf, type Period } from './period';

/** A mark on a time axis. */
export interface Tick {
  atMs: number;
  /** How it is named. */
  style: 'clock' | 'short-day' | 'short-month';
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Distances between marks that people count in. */
const MINUTES = [1, 5, 10, 15, 30, 60, 180, 360, 720, DAY_MINUTES, 2 * DAY_MINUTES, 7 * DAY_MINUTES, 14 * DAY_MINUTES];
const MONTHS = [1, 3, 6, 12, 24, 60, 120];

/** Returns the marks of a time axis in a time zone: at most as many as `most`, at round times of its clocks and calendar. */
export function ticksOf(period: Period, zone: string, most: number): Tick[] {
  const minutes = MINUTES.find((one) => (period.endMs - period.startMs) / (one * MINUTE_MS) <= most);
  const instants = minutes === undefined ? monthStarts(period, zone, most) : clockTimes(period, zone, minutes);
  const style = minutes === undefined ? 'short-month' : minutes < DAY_MINUTES ? 'clock' : 'short-day';
  return instants
    .filter((atMs, index) => period.startMs <= atMs && atMs < period.endMs && !(atMs <= instants[index - 1]!))
    .map((atMs) => ({ atMs, style }));
}

function clockTimes(period: Period, zone: string, everyMinutes: number): number[] {
  const everyDays = Math.max(1, everyMinutes / DAY_MINUTES);
  return datesBetween(period, zone, everyDays).flatMap((date) =>
    Array.from({ length: Math.max(1, DAY_MINUTES / everyMinutes) }, (_, index) =>
      instantOf(date.toPlainDateTime({ minute: 0 }).add({ minutes: index * everyMinutes }), zone),
    ),
  );
}

function datesBetween(period: Period, zone: string, everyDays: number): Temporal.PlainDate[] {
  const { from, to } = datesOf(period, zone);
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  // Weeks begin on Monday.
  const skipped = everyDays % 7 === 0 ? (8 - first.dayOfWeek) % 7 : 0;
  const count = Math.floor((first.until(last).days - skipped) / everyDays) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => first.add({ days: skipped + index * everyDays }));
}

function monthStarts(period: Period, zone: string, most: number): number[] {
  const { from, to } = datesOf(period, zone);
  const [first, last] = [Temporal.PlainYearMonth.from(from), Temporal.PlainYearMonth.from(to)];
  const months = first.until(last, { largestUnit: 'months' }).months + 1;
  const every = MONTHS.find((one) => months / one <= most) ?? 120;
  const begin = first.subtract({ months: (first.month - 1) % Math.min(12, every) });
  return Array.from({ length: Math.ceil((months + 12) / every) }, (_, index) =>
    instantOf(
      begin
        .add({ months: index * every })
        .toPlainDate({ day: 1 })
        .toPlainDateTime(),
      zone,
    ),
  );
}

function instantOf(local: Temporal.PlainDateTime, zone: string): number {
  return local.toZonedDateTime(zone).epochMilliseconds;
}
