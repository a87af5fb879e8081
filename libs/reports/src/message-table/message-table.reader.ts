/** Reads the definition of the messages table from the database and rejects a table that cannot be reported on. */

import type { MessageDatabase } from '../database/message-database';
import { type Catalog, catalogOf } from './catalog';
import { ColumnReader, type ReadColumn } from './column.reader';
import { filterSql } from './filter.sql';
import { MessageTableError } from './message-table.error';
import type { Column, MessageTable } from './message-table';
import type { MessagesOptions } from './messages.options';
import { join, Parameter, quoteIdentifier, raw, type Sql, sql } from './sql.fragment';
import { orReject, readColumns } from './table-catalog';

const DEFAULT_COLUMNS = {
  organization: 'organization_id',
  channel: 'channel',
  session: 'session_id',
  createdAt: 'created_at',
  id: 'id',
};

/**
 * Reads the definition of the table that the options name.
 *
 * @throws MessageTableError naming what is missing or has the wrong type, and what the database has instead
 */
export async function readMessageTable(
  database: MessageDatabase,
  options: MessagesOptions = {},
): Promise<MessageTable> {
  if (options.from !== undefined && (options.table ?? options.schema) !== undefined)
    throw new MessageTableError('messages.from replaces messages.table and messages.schema: give it without them');
  await checkProduct(database);
  const catalog = catalogOf(database, options);
  return readWith(catalog, { ...options, schema: options.schema ?? database.schema });
}

async function readWith(catalog: Catalog, options: MessagesOptions): Promise<MessageTable> {
  const { from } = options;
  const qualifiedName = from ?? qualify(options);
  const reader = await openReader(catalog, options, qualifiedName);
  const given = { ...DEFAULT_COLUMNS, ...withoutUndefined(options.columns) };
  const { organization } = given;
  const isOne = typeof organization === 'object' && 'value' in organization;
  const columns = {
    organization: isOne ? undefined : await reader.readName('organization', organization),
    channel: given.channel === null ? undefined : await reader.readName('channel', given.channel),
    session: await reader.read('session', given.session),
    createdAt: await reader.readTime(given.createdAt),
    id: await reader.read('id', given.id),
  };
  const filter = filterSql(options.filter);
  const isPlain = Object.values(columns).every((column) => !column?.isExpression);
  const base = raw(isPlain ? `${qualifiedName} m` : qualifiedName);
  await checkFilter(catalog, base, filter);
  const of = <Read extends ReadColumn>(role: string, column: Read): Read & Column => ({
    ...column,
    sql: raw(`m.${quoteIdentifier(isPlain ? column.name : role)}`),
  });
  return {
    qualifiedName,
    source: isPlain ? base : derive(base, columns, filter),
    organization: isOne ? constant(organization.value) : of('organization', columns.organization!),
    channel: columns.channel && of('channel', columns.channel),
    session: of('session', columns.session),
    createdAt: of('createdAt', columns.createdAt),
    id: of('id', columns.id),
    filter: isPlain ? filter : raw(''),
  };
}

function qualify({ schema, table = 'messages' }: MessagesOptions): string {
  return [schema, table]
    .filter((name) => name !== undefined)
    .map(quoteIdentifier)
    .join('.');
}

/** Other products that speak PostgreSQL's protocol plan the statements differently, or do not know them. */
async function checkProduct(database: MessageDatabase): Promise<void> {
  const version = await database.version();
  if (/^PostgreSQL \d\d/.test(version)) return;
  throw new MessageTableError(`reports need PostgreSQL 15 or later; the database is ${version}`);
}

async function openReader(
  catalog: Catalog,
  { schema, table = 'messages', from }: MessagesOptions,
  qualifiedName: string,
): Promise<ColumnReader> {
  if (from === undefined)
    return new ColumnReader(catalog, qualifiedName, await readColumns(catalog, qualifiedName, table, schema));
  await orReject('messages.from', catalog(`explain select 1 from ${from}`, []));
  return new ColumnReader(catalog, from);
}

/**
 * Selects the columns in a subquery, by the names of their roles: in there, SQL of the application cannot be mistaken for a
 * part of a statement. PostgreSQL merges it into the statement, and uses the same indexes.
 */
function derive(base: Sql, columns: Record<string, ReadColumn | undefined>, filter: Sql): Sql {
  const selected = Object.entries(columns).flatMap(([role, column]) =>
    column ? [raw(`${column.key} as ${quoteIdentifier(role)}`)] : [],
  );
  return sql`(select ${join(selected, ', ')} from ${base} where true${filter}) m`;
}

/** An organization that all messages belong to. For any other, PostgreSQL finds the condition false before it reads a row. */
function constant(value: string): Column {
  return { name: value, type: { name: 'text', labels: [] }, sql: sql`${new Parameter(value)}::text` };
}

async function checkFilter(catalog: Catalog, base: Sql, filter: Sql): Promise<void> {
  const { text, values } = sql`explain select 1 from ${base} where true${filter}`.toStatement();
  await orReject('messages.filter', catalog(text, values));
}

function withoutUndefined<Options extends object>(options: Options | undefined): Partial<Options> {
  return Object.fromEntries(
    Object.entries(options ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<Options>;
}
