import type { MessageDatabase } from '../database/message-database';
import { type DatabaseAccess, openDatabase } from '../database/open-database';
import { checkIndexes, type IndexCheck } from './index-check';
import type { MessageTable } from './message-table';
import { readMessageTable } from './message-table.reader';
import type { MessagesOptions } from './messages.options';
import { checkTimeZone } from './time-zone-check';

/** A column of the messages table, or what stands for it. */
export interface ColumnReport {
  /** What reports use it as: `organization`, `channel`, `session`, `createdAt` or `id`. */
  role: string;
  /** Its name, or the SQL or the value that the options give. */
  name: string;
  /** Its type in the database, such as `character varying`. */
  type: string;
}

/** The definition of the messages table, and whether indexes serve reports on it. */
export interface MessagesInspection {
  /** Its quoted name; of a join, the SQL. */
  table: string;
  columns: ColumnReport[];
  indexes: IndexCheck[];
  /** What the module logs as a warning when an application starts: missing indexes, and times that may not be in UTC. */
  warnings: string[];
}

/**
 * Checks the messages table as `ReportsModule` does when an application starts.
 *
 * @param access how the application reaches its database
 * @param options the `messages` option of `ReportsModule`
 * @throws MessageTableError if the table cannot be reported on
 */
export async function inspectMessages(
  access: DatabaseAccess,
  options: MessagesOptions = {},
): Promise<MessagesInspection> {
  const database = openDatabase(access, options);
  const table = await readMessageTable(database, options);
  const { organization, channel, session, createdAt, id } = table;
  const columns = Object.entries({ organization, channel, session, createdAt, id }).flatMap(([role, column]) =>
    column ? [{ role, name: column.name, type: column.type.name }] : [],
  );
  const indexes = await checkIndexes(database, table, options);
  const warnings = await findWarnings(database, table, indexes, options);
  return { table: table.qualifiedName, columns, indexes, warnings };
}

/** Finds problems that make reports slow or wrong, but do not prevent them. */
export async function findWarnings(
  database: MessageDatabase,
  table: MessageTable,
  indexes: IndexCheck[],
  options: MessagesOptions,
): Promise<string[]> {
  const doubt = await checkTimeZone(database, table, options);
  // Often no index serves a join, such as one whose organization and time are in two tables.
  const unserved = options.from === undefined ? indexes.filter(({ isServed }) => !isServed) : [];
  const missing = unserved.map((check) => explainMissing(table, check));
  return [...(doubt === undefined ? [] : [doubt]), ...missing];
}

function explainMissing({ qualifiedName }: MessageTable, { purpose, statement, decorator }: IndexCheck): string {
  const problem = `${qualifiedName} has no index for ${purpose}, which will be slow.`;
  if (statement === undefined) return `${problem} Create one on the tables that it reads`;
  return `${problem} If it has an entity, add ${decorator} to the class, or TypeORM's synchronize drops the index. Create it: ${statement}`;
}
