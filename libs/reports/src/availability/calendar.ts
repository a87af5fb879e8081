import { setImmediate } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import type { Period } from './period';

/** Parts of a calendar. Weeks are those of ISO 8601, from Monday. */
export const INTERVALS = ['hour', 'day', 'week', 'month'] as const;

/** The length of a bucket on the calendar. */
export type Interval = (typeof INTERVALS)[number];

/** More parts than this are refused. */
export const MAXIMUM_BUCKETS = 10_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_MS: Record<Interval, number> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 31 * DAY_MS };

/** After so many parts others get their turn: each takes a good part of a tenth of a millisecond. */
const PARTS_IN_A_TURN = 100;

/** More than all changes of a zone's clock can take from the calendar in as many parts as are allowed. */
const CLOCK_CHANGES_MS = 2 * DAY_MS;

/** A period has too many parts of an interval. */
export class TooManyBucketsError extends RangeError {
  constructor(interval: Interval) {
    super(`interval ${interval} cuts the range into more than ${MAXIMUM_BUCKETS} buckets; take a longer interval`);
  }
}

/** Whether a text names a zone of the IANA time zone database, as `Europe/Berlin` does. An offset is not a zone. */
export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return !/^[+-]/.test(text);
  } catch {
    return false;
  }
}

/**
 * Cuts a period along the calendar of a time zone, whose days may have 23 or 25 hours and whose hours may begin at half
 * past. The first and the last part end with the period. While it cuts, which may take a second, others have their turns.
 *
 * @throws TooManyBucketsError
 */
export async function cutByCalendar(period: Period, interval: Interval, timeZone: string): Promise<Period[]> {
  // What is sure to be refused must not be cut first.
  const certainMs = period.end.getTime() - period.start.getTime() - CLOCK_CHANGES_MS;
  if (certainMs > MAXIMUM_BUCKETS * LONGEST_MS[interval]) throw new TooManyBucketsError(interval);
  const buckets: Period[] = [];
  let boundary = beginningOf(zoned(period.start, timeZone), interval);
  let start = period.start;
  while (start < period.end) {
    if (buckets.length === MAXIMUM_BUCKETS) throw new TooManyBucketsError(interval);
    if (buckets.length % PARTS_IN_A_TURN === 0) await setImmediate();
    // Where clocks change, the next beginning may be past already, or that of the start may be yet to come.
    while (boundary.epochMilliseconds <= start.getTime()) boundary = nextBeginning(boundary, interval);
    const end = new Date(Math.min(boundary.epochMilliseconds, period.end.getTime()));
    buckets.push({ start, end });
    start = end;
  }
  return buckets;
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}

function beginningOf(time: Temporal.ZonedDateTime, interval: Interval): Temporal.ZonedDateTime {
  switch (interval) {
    case 'hour':
      return time.round({ smallestUnit: 'hour', roundingMode: 'floor' });
    case 'day':
      return time.startOfDay();
    case 'week':
      return time.subtract({ days: time.dayOfWeek - 1 }).startOfDay();
    case 'month':
      return time.with({ day: 1 }).startOfDay();
  }
}

function nextBeginning(time: Temporal.ZonedDateTime, interval: Interval): Temporal.ZonedDateTime {
  switch (interval) {
    case 'hour':
      // Where clocks change by half an hour, a full hour later is not the beginning of one.
      return time.add({ hours: 1 }).round({ smallestUnit: 'hour', roundingMode: 'ceil' });
    case 'day':
      return time.add({ days: 1 }).startOfDay();
    case 'week':
      return time.add({ weeks: 1 }).startOfDay();
    case 'month':
      return time.add({ months: 1 }).startOfDay();
  }
}
