import { MessageStreamError } from './message-stream.error';
import { type ColumnType, explainValue } from './column-type';
import type { FilterSql } from './filter.sql';

/** A column of the table. */
export interface Column {
  /** As the database calls it. */
  name: string;
  /** The name as SQL. */
  sql: string;
  type: ColumnType;
}

/** The column with the times of the messages. */
export interface TimeColumn extends Column {
  /** `timestamptz`; otherwise a `timestamp` in UTC. */
  isZoned: boolean;
  /** Whether it holds less than milliseconds, the unit in which reports count. */
  isFiner: boolean;
}

/** The table of messages as it is in the database. */
export interface MessageTable {
  /** Its name as SQL, with its schema where that is given. */
  sql: string;
  organization: Column;
  channel?: Column;
  session: Column;
  createdAt: TimeColumn;
  id: Column;
  filter: FilterSql;
}

/**
 * Lets pass what the columns can hold.
 *
 * @throws MessageStreamError which names the field and the accepted form
 */
export function checkStream(table: MessageTable, stream: { organizationId: string; channel?: string }): void {
  check('organizationId', table.organization, stream.organizationId);
  if (stream.channel === undefined) return;
  if (!table.channel) throw new MessageStreamError('channel', 'cannot be given: these messages have no channel');
  check('channel', table.channel, stream.channel);
}

function check(field: 'organizationId' | 'channel', { type }: Column, value: string): void {
  const explanation = explainValue(type, value);
  if (explanation !== undefined) throw new MessageStreamError(field, explanation);
}
