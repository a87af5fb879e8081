import type { ColumnType } from './column-type';
import type { Sql } from './sql.fragment';

/** A column of the messages. */
export interface Column {
  /** Its name in the database, or the SQL or the value that stands for it. */
  name: string;
  type: ColumnType;
  /** How it is written in a statement over the `source` of the messages. */
  sql: Sql;
  /** How it is written in the definition of an index; undefined for a value. */
  key?: string;
}

/** The column that holds when a message was sent. */
export interface TimeColumn extends Column {
  /** The unit of a number since 1970; undefined for a timestamp. */
  epoch?: 'ms' | 's';
  /** True for `timestamptz`; false for a `timestamp`, which is read as UTC. */
  hasTimeZone: boolean;
  /** Whether its precision is finer than the millisecond, the unit of reports. */
  hasMicroseconds: boolean;
  /** Whether a `timestamp` is only assumed to be in UTC. */
  isZoneAssumed: boolean;
}

/** The messages table as the database defines it. */
export interface MessageTable {
  /** Its quoted name, with the schema if one was given; of a join, the SQL. */
  qualifiedName: string;
  /** What follows FROM in a statement, aliased as `m`. */
  source: Sql;
  organization: Column;
  /** Undefined where messages have no channel. */
  channel?: Column;
  session: Column;
  createdAt: TimeColumn;
  id: Column;
  /** A condition to append to others: ` and (…)`, or nothing. */
  filter: Sql;
}
