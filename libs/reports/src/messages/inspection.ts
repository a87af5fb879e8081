import type { DataSource } from 'typeorm';
import { checkIndexes, type IndexCheck } from './index-check';
import { readMessageTable } from './message-table.reader';
import type { MessagesOptions } from './messages.options';

/** A column as the database has it. */
export interface ColumnReport {
  /** What the report takes it for. */
  role: string;
  name: string;
  type: string;
}

/** What the table of messages is like, and whether reports on it are fast. */
export interface MessagesInspection {
  /** Its name as SQL. */
  table: string;
  columns: ColumnReport[];
  indexes: IndexCheck[];
}

/**
 * Looks at the table of messages as `ReportsModule` does when an application starts.
 *
 * @param options as they are given to `ReportsModule` as `messages`
 * @throws MessageTableError if no report can be made of it
 */
export async function inspectMessages(
  dataSource: DataSource,
  options: MessagesOptions = {},
): Promise<MessagesInspection> {
  const table = await readMessageTable(dataSource, options);
  const { organization, channel, session, createdAt, id } = table;
  const columns = Object.entries({ organization, channel, session, createdAt, id }).flatMap(([role, column]) =>
    column ? [{ role, name: column.name, type: column.type.name }] : [],
  );
  return { table: table.sql, columns, indexes: await checkIndexes(dataSource, table) };
}
