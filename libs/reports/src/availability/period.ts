import { parseDay, parseInstant } from './instant';

/** The time between two instants. */
export interface Period {
  start: Date;
  /** Later than `start`. */
  end: Date;
}

/** One of the two ends of a period. */
export type Boundary = 'start' | 'end';

/** How the end of a period can be written, for messages. */
export const BOUNDARY_FORM =
  'an ISO 8601 date or time, such as 2023-01-31, 2023-01-31T10:30:00Z or 2023-01-31T10:30:00+02:00 (UTC without an offset)';

/**
 * Reads one end of a period. A date alone means its first instant at the start of a period and the first instant of the
 * next day at the end, so that `2023-01-01`..`2023-01-31` is all of January.
 *
 * @returns undefined if the text is not of the form `BOUNDARY_FORM`
 */
export function parseBoundary(boundary: Boundary, text: string): Date | undefined {
  const day = parseDay(text);
  if (day !== undefined) return new Date(boundary === 'start' ? day.startMs : day.endMs);
  const instant = text.includes(' ') ? undefined : parseInstant(text);
  return instant === undefined ? undefined : new Date(instant);
}

/** Says why `parseBoundary` does not read the text, in words that follow the name of the field. */
export function explainBoundary(text: string): string {
  if (text === '') return `must not be empty: ${BOUNDARY_FORM}`;
  // A plus sign in a query string means a space, so an offset that was not escaped arrives like this.
  const offsetAfterSpace = /T.* \d\d(:?\d\d)?$/.test(text);
  if (offsetAfterSpace) return 'has a space where its offset begins: write the + as %2B, as in 10:30:00%2B02:00';
  return `must be ${BOUNDARY_FORM} that exists in the years 0001 to 9999`;
}
