import { parseInstant } from '@chat-reports/nestjs';
import { LineError } from './line.error';

/** A message as it is written to the database. */
export interface MessageRow {
  organizationId: string;
  channel: string;
  sessionId: string;
  /** Milliseconds since 1970. */
  createdAtMs: number;
  /** UUID. Without one, the import makes it from the other fields. */
  id?: string;
}

/** Columns of a file to import: those that every row must have, and the one that it may have. */
const REQUIRED_COLUMNS = ['organization_id', 'channel', 'session_id', 'created_at'] as const;
const COLUMNS = [...REQUIRED_COLUMNS, 'id'] as const;
export type Column = (typeof COLUMNS)[number];
export const COLUMN_LIST = `${REQUIRED_COLUMNS.join(', ')} and optionally id`;

/** A row as the file has it: any kind of value, any column absent. */
export interface RawRow {
  line: number;
  values: Partial<Record<Column, unknown>>;
}

/** Keeps an entry of either index within the third of a page that PostgreSQL allows it. */
const MAXIMUM_LENGTH = 255;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Checks that a file, or a line of it, has all required columns and none that would be lost. */
export function checkColumns(names: string[], line: number): asserts names is Column[] {
  const missing = REQUIRED_COLUMNS.find((column) => !names.includes(column));
  if (missing !== undefined) throw new LineError(line, `is missing; the columns are ${COLUMN_LIST}`, missing);
  const unknown = names.find((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new LineError(line, `has the unknown column ${JSON.stringify(unknown)}; the columns are ${COLUMN_LIST}`);
  if (new Set(names).size < names.length) throw new LineError(line, 'names a column twice');
}

/**
 * Reads a row whose columns are known to be right.
 *
 * @throws LineError for the first value that is not of the accepted form
 */
export function parseRow({ line, values }: RawRow): MessageRow {
  const fail = (column: Column, reason: string): never => {
    throw new LineError(line, reason, column);
  };
  const text = (column: Column): string => {
    const value = values[column];
    if (typeof value !== 'string') return fail(column, 'is not a string');
    if (value.length > MAXIMUM_LENGTH) return fail(column, `is longer than ${MAXIMUM_LENGTH} characters`);
    if (value.includes('\0')) return fail(column, 'contains a NUL character');
    return value.isWellFormed() ? value : fail(column, 'contains half of a surrogate pair');
  };
  const instant = (value: string) =>
    parseInstant(value) ??
    fail('created_at', `is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z: ${JSON.stringify(value)}`);
  const uuid = (value: string) =>
    UUID.test(value) ? value.toLowerCase() : fail('id', `is not a UUID: ${JSON.stringify(value)}`);
  return {
    organizationId: text('organization_id') || fail('organization_id', 'is empty'),
    channel: text('channel'),
    sessionId: text('session_id') || fail('session_id', 'is empty'),
    createdAtMs: instant(text('created_at')),
    id: (values.id ?? '') === '' ? undefined : uuid(text('id')),
  };
}
