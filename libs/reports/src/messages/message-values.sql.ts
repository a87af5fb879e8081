import { isText } from './column-type';
import type { MessageTable } from './message-table';

/** A parameter in the type of the column, so that an index on the column answers. */
export function instant({ createdAt }: MessageTable, parameter: string): string {
  return createdAt.isZoned ? `${parameter}::timestamptz` : `(${parameter}::timestamptz at time zone 'UTC')`;
}

/** Whole milliseconds since 1970. Those of a finer column are cut, as Date and JSON would. */
export function milliseconds({ createdAt }: MessageTable, at: string): string {
  const value = `extract(epoch from ${at}) * 1000`;
  return createdAt.isFiner ? `floor(${value})::float8` : `(${value})::float8`;
}

/** The session as text. */
export function session({ session: { sql, type } }: MessageTable): string {
  return isText(type) ? `m.${sql}` : `m.${sql}::text`;
}
