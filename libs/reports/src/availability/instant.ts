/**
 * Instants as text: reads and writes the ISO 8601 forms of the API. `new Date(text)` must not be used for it: it takes
 * nonsense for a date and reads a time without zone as local.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?$/;

/** The first and the last instant, in milliseconds since 1970, that a four-digit year can name. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads a date and time in ISO 8601, in UTC where it names no offset. A space may stand for the T, as databases print
 * it. Digits beyond the millisecond are dropped.
 *
 * @returns milliseconds since 1970, or undefined if the text has another form or names no instant of the years 1 to 9999
 */
export function parseInstant(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHour = '0', offsetMinute = '0'] =
    match;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  const offsetMinutes = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const milliseconds = Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const instant = midnight + (minutes - offsetMinutes) * MINUTE_MS + milliseconds;
  return instant >= FIRST_MS && instant <= LAST_MS ? instant : undefined;
}

/**
 * Reads a date alone in ISO 8601 as the day it names in UTC.
 *
 * @returns the first instant of the day and of the next one in milliseconds since 1970, or undefined if there is no such
 * day in the years 1 to 9999
 */
export function parseDay(text: string): { startMs: number; endMs: number } | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const startMs = midnightOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return startMs === undefined ? undefined : { startMs, endMs: startMs + DAY_MS };
}

/** Writes an instant in UTC, with milliseconds only where they are not zero: `2023-01-15T10:30:00Z`. */
export function formatInstant(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}

function midnightOf(year: number, month: number, day: number): number | undefined {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999, the setter does not.
  const date = new Date(0).setUTCFullYear(year, month - 1, day);
  // A day that the month does not have runs over into the next month.
  const exists = new Date(date).getUTCMonth() === month - 1 && new Date(date).getUTCDate() === day;
  return exists && date >= FIRST_MS ? date : undefined;
}
