import { Temporal } from 'temporal-polyfill';
import type { Period } from './period';

/** No chat is older, and even the earliest period needs one before it to be compared with. */
const FIRST_YEAR = 1970;

/**
 * Reads one end of a custom period: a date stands for its whole day, an instant for itself.
 *
 * @param text ISO 8601: `2026-11-22`, or with a time and an offset or `Z`
 * @param zone IANA time zone of the date
 * @returns undefined if the text is neither, or is before 1970
 */
export function readPeriodEnd(text: string, zone: string): Period | undefined {
  try {
    if (text.includes('T')) {
      const ms = Temporal.Instant.from(text).epochMilliseconds;
      if (ms < 0) return undefined;
      return { startMs: ms, endMs: ms };
    }
    const date = Temporal.PlainDate.from(text);
    if (date.year < FIRST_YEAR) return undefined;
    const [start, end] = [date, date.add({ days: 1 })].map((day) => day.toZonedDateTime(zone).epochMilliseconds);
    return { startMs: start!, endMs: end! };
  } catch {
    return undefined;
  }
}

/** Checks whether a text can be an end of a custom period. */
export function isPeriodEnd(text: string): boolean {
  return readPeriodEnd(text, 'UTC') !== undefined;
}

/** Checks whether a text is a date as custom periods have them: `2026-11-22`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isPeriodEnd(text);
}
