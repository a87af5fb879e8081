/**
 * Instants as text: parses and formats the ISO 8601 forms of the API. `new Date(text)` must not be used instead: it accepts
 * nonsense and reads a time without an offset as local.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ]([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)?(?:[Zz]|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?$/;

/** The first and the last instant with a four-digit year, in milliseconds since 1970. */
export const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** The end of the year 9999: allowed as the end of a period, but not as the time of a message. */
export const END_OF_YEARS_MS = LAST_MS + 1;

/**
 * Parses a date and time in ISO 8601, in UTC if it has no offset. T and Z may be in lower case (RFC 3339), and a space may
 * replace the T, as databases print it. 24:00 is the end of the day. Digits beyond the millisecond are dropped.
 *
 * @returns milliseconds since 1970; undefined if the text has another form, or there is no such instant in the years 1 to 9999
 */
export function parseInstant(text: string): number | undefined {
  return parseInstantUpTo(LAST_MS, text);
}

/** Does the same, but for the last instant to accept, in milliseconds since 1970. */
export function parseInstantUpTo(lastMs: number, text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHour = '0', offsetMinute = '0'] =
    match;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  if (hour === '24' && /[1-9]/.test(minute! + second + fraction)) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  const offsetMinutes = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const milliseconds = Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const instant = midnight + (minutes - offsetMinutes) * MINUTE_MS + milliseconds;
  return instant >= FIRST_MS && instant <= lastMs ? instant : undefined;
}

/**
 * Parses an ISO 8601 date without a time as a day in UTC.
 *
 * @returns the first instants of the day and of the next one, in milliseconds since 1970; undefined if the text has another
 * form, or there is no such day in the years 1 to 9999
 */
export function parseDay(text: string): { startMs: number; endMs: number } | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const startMs = midnightOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return startMs === undefined ? undefined : { startMs, endMs: startMs + DAY_MS };
}

/**
 * Formats an instant in UTC, with milliseconds only if they are not zero: `2023-01-15T10:30:00Z`. This takes
 * a fraction of the time of `toISOString`. The end of the year 9999 is written as the end of its
 * last day, since the next year has five digits.
 *
 * @throws RangeError if the date is invalid
 */
export function formatInstant(instant: Date): string {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new RangeError('Invalid date');
  if (ms === END_OF_YEARS_MS) return '9999-12-31T24:00:00Z';
  const year = String(instant.getUTCFullYear()).padStart(4, '0');
  const date = `${year}-${TWO_DIGITS[instant.getUTCMonth() + 1]}-${TWO_DIGITS[instant.getUTCDate()]}`;
  const [hour, minute, second] = [instant.getUTCHours(), instant.getUTCMinutes(), instant.getUTCSeconds()];
  const milliseconds = instant.getUTCMilliseconds();
  const fraction = milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`;
  return `${date}T${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}${fraction}Z`;
}

function midnightOf(year: number, month: number, day: number): number | undefined {
  // Date.UTC maps the years 0 to 99 to 1900 to 1999; the setter does not.
  const date = new Date(0);
  const midnight = date.setUTCFullYear(year, month - 1, day);
  // A day that does not exist in the month overflows into the next one.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && midnight >= FIRST_MS ? midnight : undefined;
}
