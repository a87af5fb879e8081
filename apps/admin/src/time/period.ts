import { Temporal } from 'temporal-polyfill';

/** A range of time. Milliseconds since 1970. */
export interface Period {
  startMs: number;
  endMs: number;
}

/** A first and a last date, both included: `2026-11-22`. */
export interface Dates {
  from: string;
  to: string;
}

export type Interval = 'hour' | 'day' | 'week' | 'month';

/** Chooses the interval that divides a period into a readable number of parts. */
export function intervalFor({ startMs, endMs }: Period): Interval {
  const days = (endMs - startMs) / 86_400_000;
  if (days <= 2.1) return 'hour';
  if (days <= 100) return 'day';
  return days <= 400 ? 'week' : 'month';
}

/** Returns today's date in a time zone: `2026-11-22`. */
export function todayIn(zone: string): string {
  return Temporal.Now.plainDateISO(zone).toString();
}

/** Returns the first and last date of a period in a time zone. */
export function datesOf({ startMs, endMs }: Period, zone: string): Dates {
  return { from: dateOf(startMs, zone).toString(), to: dateOf(endMs - 1, zone).toString() };
}

/** Returns the first and last of as many dates as `days`, ending on the date of an instant. */
export function daysUntil(instantMs: number, days: number, zone: string): Dates {
  const date = dateOf(instantMs, zone);
  return { from: date.subtract({ days: days - 1 }).toString(), to: date.toString() };
}

/** Converts milliseconds since 1970 to the date and time in a time zone. */
export function toZonedTime(instantMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
}

function dateOf(instantMs: number, zone: string): Temporal.PlainDate {
  return toZonedTime(instantMs, zone).toPlainDate();
}
