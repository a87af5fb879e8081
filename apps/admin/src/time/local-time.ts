import { Temporal } from 'temporal-polyfill';

/**
 * Writes an instant as the local time that inputs of dates and times take: `2026-03-10T11:00`, with seconds if there are any.
 *
 * @param instant ISO 8601 with an offset; an empty text remains empty
 */
export function toLocalInput(instant: string, zone: string): string {
  if (instant === '') return '';
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: local.second === 0 ? 'minute' : 'second' });
}

/**
 * Reads what an input of dates and times holds. A time that clocks skip is moved forward with them; one that comes twice is
 * its first pass.
 *
 * @returns ISO 8601 in UTC; empty if the input is
 */
export function fromLocalInput(local: string, zone: string): string {
  if (local === '') return '';
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString();
}
