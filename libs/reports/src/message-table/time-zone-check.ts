/** Checks whether the times of a `timestamp` column, which are read as UTC, may have been written in local time. */

import type { MessageDatabase } from '../database/message-database';
import { catalogOf } from './catalog';
import type { MessageTable } from './message-table';
import type { MessagesOptions } from './messages.options';
import { quoteIdentifier } from './sql.fragment';

/** A whole year is checked, since some zones equal UTC only in winter. */
const SESSION = `
  select current_setting('TimeZone') as name, not exists (
    select from generate_series(now() - interval '1 year', now(), interval '1 week') at
    where extract(timezone from at) <> 0) as "isUtc"`;

/**
 * Explains the doubt: TypeORM writes a Date in the time of the process, and PostgreSQL writes `now()` in that of the session.
 *
 * @returns undefined if both are UTC, or if the options say what zone the times are in
 */
export async function checkTimeZone(
  database: MessageDatabase,
  { createdAt }: MessageTable,
  options: MessagesOptions = {},
): Promise<string | undefined> {
  if (!createdAt.isZoneAssumed) return undefined;
  const [session] = await catalogOf(database, options)<{ name: string; isUtc: boolean }>(SESSION, []);
  if (session === undefined) return undefined;
  const process = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [zone, place] = isProcessUtc() ? [session.name, 'database session'] : [process, 'process'];
  if (isProcessUtc() && session.isUtc) return undefined;
  const { name, key } = createdAt;
  const column = key === quoteIdentifier(name) ? `'${name}'` : `{ sql: ${JSON.stringify(name)} }`;
  const fix = (timeZone: string) => `{ column: ${column}, timeZone: '${timeZone}' }`;
  return (
    `The times of ${name} have no time zone and are read as UTC, but the time zone of this ${place} is ${zone}. ` +
    `If they are local times, set messages.columns.createdAt to ${fix(zone)}; if they are in UTC, to ${fix('UTC')}`
  );
}

function isProcessUtc(): boolean {
  const year = new Date().getFullYear();
  return Array.from({ length: 12 }, (_, month) => new Date(year, month)).every((at) => at.getTimezoneOffset() === 0);
}
