/** Reads from the database's catalog what the table of messages is like, and refuses one that no report can be made of. */

import type { DataSource } from 'typeorm';
import { type ColumnType, isNameType, NAME_TYPES } from './column-type';
import { filterSql } from './filter.sql';
import { quoteIdentifier } from './identifier.sql';
import { MessageTableError } from './message-table.error';
import type { Column, MessageTable, TimeColumn } from './message-table';
import type { MessagesOptions } from './messages.options';
import { byNearness } from './name-nearness';

interface CatalogColumn extends ColumnType {
  column: string;
  /** Of the type; -1 if it has none. */
  modifier: number;
}

const DEFAULT_COLUMNS = {
  organization: 'organization_id',
  channel: 'channel',
  session: 'session_id',
  createdAt: 'created_at',
  id: 'id',
};

const COLUMNS = `
  select a.attname as column, format_type(a.atttypid, null) as name, a.atttypmod as modifier,
    array(select enumlabel::text from pg_enum where enumtypid = a.atttypid order by enumsortorder) as labels
  from pg_attribute a
  where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

const TABLES = `
  select c.relname as name
  from pg_class c
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
    and case when $1::text is null then pg_table_is_visible(c.oid)
        else c.relnamespace = (select oid from pg_namespace where nspname = $1) end`;

/**
 * Reads the table that the options name.
 *
 * @throws MessageTableError which names what is missing or of a wrong type, and what there is
 */
export async function readMessageTable(dataSource: DataSource, options: MessagesOptions = {}): Promise<MessageTable> {
  const { schema = schemaOf(dataSource), table = 'messages', columns: names, filter } = options;
  const sql = [schema, table]
    .filter((name) => name !== undefined)
    .map(quoteIdentifier)
    .join('.');
  const columns = await dataSource.query<CatalogColumn[]>(COLUMNS, [sql]);
  if (columns.length === 0) throw await missingTable(dataSource, sql, table, schema);
  const find = (role: keyof typeof DEFAULT_COLUMNS): CatalogColumn & Column =>
    findColumn(columns, role, names?.[role] ?? DEFAULT_COLUMNS[role], sql);
  const messages: MessageTable = {
    sql,
    organization: nameColumn(find('organization'), 'organization'),
    channel: names?.channel === null ? undefined : nameColumn(find('channel'), 'channel'),
    session: find('session'),
    createdAt: timeColumn(find('createdAt')),
    id: find('id'),
    filter: filterSql(filter),
  };
  await checkFilter(dataSource, messages);
  return messages;
}

/** TypeORM writes it in front of the tables of entities; it is not in the search path of the connection. */
function schemaOf({ options }: DataSource): string | undefined {
  return 'schema' in options && typeof options.schema === 'string' ? options.schema : undefined;
}

async function missingTable(
  dataSource: DataSource,
  sql: string,
  table: string,
  schema: string | undefined,
): Promise<MessageTableError> {
  const tables = await dataSource.query<{ name: string }[]>(TABLES, [schema ?? null]);
  const near = byNearness(
    table,
    tables.map(({ name }) => name),
  );
  return new MessageTableError(`there is no table ${sql} in the database; there is ${near.join(', ') || 'none'}`);
}

function findColumn(columns: CatalogColumn[], role: string, name: string, table: string): CatalogColumn & Column {
  const found = columns.find(({ column }) => column === name);
  if (found) return { ...found, name, sql: quoteIdentifier(name), type: { name: found.name, labels: found.labels } };
  const near = byNearness(
    name,
    columns.map(({ column }) => column),
  );
  throw new MessageTableError(
    `the table ${table} has no column ${quoteIdentifier(name)} for messages.columns.${role}; it has ${near.join(', ')}`,
  );
}

function nameColumn(column: Column, role: string): Column {
  if (isNameType(column.type)) return column;
  throw new MessageTableError(
    `the column ${column.sql} for messages.columns.${role} is of type ${column.type.name}; it can be ${NAME_TYPES.join(', ')}`,
  );
}

function timeColumn(column: CatalogColumn & Column): TimeColumn {
  const { name } = column.type;
  const isZoned = name === 'timestamp with time zone';
  if (!isZoned && name !== 'timestamp without time zone') {
    throw new MessageTableError(
      `the column ${column.sql} for messages.columns.createdAt is of type ${name}; it can be timestamptz or timestamp`,
    );
  }
  // Without a precision of its own it has six digits.
  return { ...column, isZoned, isFiner: column.modifier < 0 || column.modifier > 3 };
}

async function checkFilter(dataSource: DataSource, { sql, filter }: MessageTable): Promise<void> {
  try {
    await dataSource.query(`explain select 1 from ${sql} m where true${filter.and(1)}`, filter.values);
  } catch (error) {
    if (!isRefused(error)) throw error;
    throw new MessageTableError(`messages.filter cannot be used: ${error.message}`);
  }
}

/** A statement that the database does not understand: SQLSTATE classes 22 (data exception) and 42 (syntax or access). */
function isRefused(error: unknown): error is Error {
  const code = (error as { driverError?: { code?: unknown } }).driverError?.code;
  return error instanceof Error && /^(22|42)/.test(String(code));
}
