/** The ends of a period as text, as written in a query string or on a command line. */

import { Temporal } from '../esm-only/temporal';
import { END_OF_YEARS_MS, FIRST_MS, parseDay, parseInstant, parseInstantUpTo } from './instant';

/** An end of a period. */
export type Boundary = 'start' | 'end';

/** The accepted form of an end of a period, for error messages. */
export const BOUNDARY_FORM =
  'an ISO 8601 date or time, such as 2023-01-31, 2023-01-31T10:30:00Z or 2023-01-31T10:30:00+02:00 (UTC if there is no offset)';

/**
 * Parses an end of a period. A date without a time means the first instant of that day at the start of a period, and
 * the first instant of the next day at its end, so that `2023-01-01`..`2023-01-31` is all of January.
 *
 * @param timeZone the time zone of dates without a time: a name in the IANA database
 * @returns undefined if the text does not have the form `BOUNDARY_FORM`
 */
export function parseBoundary(boundary: Boundary, text: string, timeZone = 'UTC'): Date | undefined {
  const day = parseDay(text);
  if (day !== undefined) return startOfDay(boundary === 'start' ? day.startMs : day.endMs, timeZone);
  const instant = boundary === 'start' ? parseInstant(text) : parseInstantUpTo(END_OF_YEARS_MS, text);
  return instant === undefined ? undefined : new Date(instant);
}

/**
 * The first instant of a day in a time zone, clipped to the years 1 to 9999 of UTC. The day is given as its first
 * instant in UTC.
 */
function startOfDay(utcMs: number, timeZone: string): Date {
  if (timeZone === 'UTC') return new Date(utcMs);
  const date = Temporal.Instant.fromEpochMilliseconds(utcMs).toZonedDateTimeISO('UTC').toPlainDate();
  const startMs = date.toZonedDateTime(timeZone).epochMilliseconds;
  return new Date(Math.min(Math.max(startMs, FIRST_MS), END_OF_YEARS_MS));
}

/** Explains why `parseBoundary` rejects a text, in words that follow the name of the field. */
export function explainBoundary(text: string): string {
  if (text === '') return `must not be empty: ${BOUNDARY_FORM}`;
  // In a query string, an unescaped plus sign means a space.
  const hasOffsetAfterSpace = /[Tt ]\d\d:.* \d\d(:?\d\d)?$/.test(text);
  if (hasOffsetAfterSpace) return 'has a space where its offset begins: write the + as %2B, as in 10:30:00%2B02:00';
  return `must be ${BOUNDARY_FORM} that exists in the years 0001 to 9999`;
}
