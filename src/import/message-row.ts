import { hash } from 'node:crypto';
import { LineError } from './line.error';
import { explainTime, type TimeReader } from './rows/time.reader';

/** A message to be written to the database. */
export interface MessageRow {
  organizationId: string;
  channel: string;
  sessionId: string;
  /** Milliseconds since the epoch. */
  createdAtMs: number;
  /** A UUID; default: derived from the other fields. */
  id?: string;
}

export const REQUIRED_COLUMNS = ['organization_id', 'channel', 'session_id', 'created_at'] as const;
export const COLUMNS = [...REQUIRED_COLUMNS, 'id'] as const;

/** A column of a file to import. */
export type Column = (typeof COLUMNS)[number];

/** The columns, for messages. */
export const COLUMN_LIST = `${REQUIRED_COLUMNS.join(', ')} and optionally id`;

/** A row as read from a file: not yet validated, and columns may be missing. */
export interface RawRow {
  line: number;
  values: Partial<Record<Column, unknown>>;
}

/** Some rows of a file, with errors in place of invalid rows. */
export type Batch = (RawRow | LineError)[];

/** No valid row is longer. */
export const MAXIMUM_ROW_LENGTH = 1_000_000;

/** Keeps entries of both indexes below a third of a page, the maximum that PostgreSQL allows in a B-tree. */
const MAXIMUM_LENGTH = 255;
const MONGO_ID = /^\$(?:oid|uuid|numberLong|numberInt)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Parses a row whose columns have been found.
 *
 * @throws LineError for the first value that does not have its accepted form
 */
export function parseRow({ line, values }: RawRow, times: TimeReader): MessageRow {
  const fail = (column: Column, reason: string, found?: unknown): never => {
    throw new LineError(line, reason, { column, found });
  };
  const text = (column: Column): string => {
    const value = toText(values[column]);
    if (values[column] === undefined) return fail(column, 'has no value');
    if (value === undefined) return fail(column, explainText(values[column]), values[column]);
    if (value.length > MAXIMUM_LENGTH) return fail(column, `is longer than ${MAXIMUM_LENGTH} characters`, value);
    if (value.includes('\0')) return fail(column, 'contains a NUL character', value);
    return value.isWellFormed() ? value : fail(column, 'contains an unpaired surrogate', value);
  };
  const instant = (value: unknown) => {
    if (value === undefined) return fail('created_at', 'has no value');
    return times.read(value) ?? fail('created_at', explainTime(value), value === '' ? undefined : value);
  };
  return {
    organizationId: text('organization_id') || fail('organization_id', 'is empty'),
    channel: text('channel'),
    sessionId: text('session_id') || fail('session_id', 'is empty'),
    createdAtMs: instant(values.created_at),
    id: (values.id ?? '') === '' ? undefined : toUuid(text('id')),
  };
}

/** Numbers are taken as text unless JavaScript has rounded them. */
function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : fromMongo(value);
}

/** MongoDB writes IDs as objects: `{"$oid": "6639c0…"}`. */
function fromMongo(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [[key, text] = ['', undefined], ...others] = Object.entries(value) as [string, unknown][];
  return MONGO_ID.test(key) && typeof text === 'string' && others.length === 0 ? text : undefined;
}

function explainText(value: unknown): string {
  return typeof value === 'number' ? 'is neither text nor a whole number below 2^53' : 'is not a string';
}

/** Keeps a UUID, and derives one from any other text: the same in every import. */
function toUuid(id: string): string {
  return UUID.test(id) ? id.toLowerCase() : hash('sha256', id, 'hex').slice(0, 32);
}
