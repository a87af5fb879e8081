import { Temporal } from '../esm-only/temporal';
import type { Period } from './period';

/** Lengths of a bucket. Weeks are those of ISO 8601, from Monday, and quarters begin in January, April, July and October. */
export const INTERVALS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

/** The length of a bucket, on the calendar of a time zone. */
export type Interval = (typeof INTERVALS)[number];

/** A trend has at most this many buckets: more than any chart shows, and few enough for one response. */
export const MAXIMUM_BUCKETS = 10_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LENGTH_MS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
const LENGTH_MONTHS = { month: 1, quarter: 3, year: 12 };

/** 1970-01-05, as if it were in UTC. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/**
 * No clock has ever been set back further than this: Alaska and Samoa repeated a day when they moved across the date
 * line.
 */
const LONGEST_REPETITION_MS = 2 * DAY_MS;

/** The interval is too short for the period. */
export class TooManyBucketsError extends RangeError {
  constructor(interval: Interval) {
    super(`interval ${interval} cuts the range into more than ${MAXIMUM_BUCKETS} buckets; choose a longer interval`);
  }
}

/** Whether a text is the name of a time zone in the IANA database, such as `Europe/Berlin`. An offset is not. */
export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return !/^[+-]/.test(text);
  } catch {
    return false;
  }
}

/**
 * Divides a period along the calendar of a time zone. A bucket of an hour begins wherever the clock shows a full hour
 * or is set to another hour; a longer one when its first date begins, for the first time if it begins twice. Days can
 * therefore have 23 or 25 hours, and hours can begin at half past. The first bucket starts and the last one ends with
 * the period.
 *
 * @param timeZone a name in the IANA database
 * @throws TooManyBucketsError if there would be more than 10,000 buckets
 */
export function divideByCalendar(period: Period, interval: Interval, timeZone: string): Period[] {
  const buckets: Period[] = [];
  const endMs = period.end.getTime();
  let { start } = period;
  for (const boundaryMs of boundaries(start.getTime(), interval, timeZone)) {
    if (boundaryMs <= start.getTime()) continue;
    if (buckets.length === MAXIMUM_BUCKETS) throw new TooManyBucketsError(interval);
    const end = new Date(Math.min(boundaryMs, endMs));
    buckets.push({ start, end });
    if (end.getTime() === endMs) break;
    start = end;
  }
  return buckets;
}

/**
 * Yields interval boundaries in milliseconds since 1970: all of those after `fromMs`, and some before. Temporal takes
 * about 90 µs per step, so it is used only for clock changes; in between, the offset of the zone is constant and the
 * calendar is that of UTC, shifted by it.
 */
function* boundaries(fromMs: number, interval: Interval, timeZone: string): Generator<number> {
  let time: Temporal.ZonedDateTime | null = zoned(fromMs - LONGEST_REPETITION_MS, timeZone);
  let latestMs = -Infinity;
  while (time !== null) {
    const offsetMs = time.offsetNanoseconds / 1e6;
    const change: Temporal.ZonedDateTime | null = time.getTimeZoneTransition('next');
    const changeMs = change?.epochMilliseconds ?? Infinity;
    let localMs = time.epochMilliseconds + offsetMs;
    while (localMs - offsetMs < changeMs) {
      const intervalMs = startOf(localMs, interval);
      // A clock that is set back repeats hours, which count again, and may repeat dates, which do not.
      const begins = interval === 'hour' ? localMs === intervalMs || intervalMs !== latestMs : intervalMs > latestMs;
      if (begins) {
        latestMs = intervalMs;
        yield localMs - offsetMs;
      }
      localMs = nextStart(intervalMs, interval);
    }
    time = change;
  }
}

function zoned(instantMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
}

/** The start of the interval of a local time, on a clock that never changes; both in milliseconds, as if they were UTC. */
function startOf(localMs: number, interval: Interval): number {
  if (isOfMonths(interval)) return firstOfMonths(localMs, LENGTH_MONTHS[interval], 0);
  const firstMs = interval === 'week' ? FIRST_MONDAY_MS : 0;
  return firstMs + Math.floor((localMs - firstMs) / LENGTH_MS[interval]) * LENGTH_MS[interval];
}

/** The start of the interval after the one that starts at a local time. */
function nextStart(localMs: number, interval: Interval): number {
  return isOfMonths(interval) ? firstOfMonths(localMs, LENGTH_MONTHS[interval], 1) : localMs + LENGTH_MS[interval];
}

function isOfMonths(interval: Interval): interval is keyof typeof LENGTH_MONTHS {
  return interval in LENGTH_MONTHS;
}

/**
 * The start of an interval of `months` months, a divisor of twelve: the one at a local time, or the one that is `ahead`
 * intervals later.
 */
function firstOfMonths(localMs: number, months: number, ahead: number): number {
  const date = new Date(localMs);
  const month = (Math.floor(date.getUTCMonth() / months) + ahead) * months;
  // Date.UTC maps the years 0 to 99 to 1900 to 1999; the setter does not.
  return new Date(0).setUTCFullYear(date.getUTCFullYear(), month, 1);
}
