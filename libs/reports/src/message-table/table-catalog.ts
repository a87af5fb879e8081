/** Looks up tables and columns in the database catalog. */

import { hasCode } from '../database/database-error';
import type { Catalog } from './catalog';
import type { ColumnType } from './column-type';
import { MessageTableError } from './message-table.error';
import { byNearness } from './name-nearness';
import { quoteIdentifier } from './sql.fragment';

/** What the database says about a column. */
export interface CatalogColumn extends ColumnType {
  column: string;
  /** Type modifier, such as a precision; -1 if the type has none, or it is unknown. */
  modifier: number;
  /** The collation of text, if it takes different texts for equal; otherwise null. */
  looseCollation: string | null;
}

const COLUMNS = `
  select a.attname::text as column, format_type(a.atttypid, null) as name, a.atttypmod as modifier,
    array(select enumlabel::text from pg_enum where enumtypid = a.atttypid order by enumsortorder) as labels,
    c.collname::text as "looseCollation"
  from pg_attribute a
  left join pg_collation c on c.oid = a.attcollation and not c.collisdeterministic
  where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

const TABLES = `
  select c.relname::text as name
  from pg_class c
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
    and c.relname !~ '_rollup_(days|channels|spans|marks|state)$'
    and case when $1::text is null then pg_table_is_visible(c.oid)
        else c.relnamespace = (select oid from pg_namespace where nspname = $1) end`;

/** SQLSTATE classes of rejected statements: 22 (data exception) and 42 (syntax error or access rule violation). */
const REJECTED = /^(22|42)...$/;

/** Describes SQL over a table or a join. No row is read. Only text has a collation to ask for. */
const expression = (text: string, from: string) => `
  select 'expression' as column, format_type(type, null) as name, -1 as modifier,
    array(select enumlabel::text from pg_enum where enumtypid = type order by enumsortorder) as labels,
    (select collname::text from pg_collation where oid = to_regcollation(collated_by) and not collisdeterministic) as "looseCollation"
  from (
    select pg_typeof(value)::oid as type,
      case when pg_typeof(value)::text in ('text', 'character varying') then pg_collation_for(value) end as collated_by
    from (select (select ${text} from ${from} limit 0) as value) probe) described`;

/** @throws MessageTableError if there is no such table, naming those that there are */
export async function readColumns(
  catalog: Catalog,
  qualifiedName: string,
  table: string,
  schema: string | undefined,
): Promise<CatalogColumn[]> {
  const columns = await catalog<CatalogColumn>(COLUMNS, [qualifiedName]);
  if (columns.length > 0) return columns;
  const tables = await catalog<{ name: string }>(TABLES, [schema ?? null]);
  const near = byNearness(
    table,
    tables.map(({ name }) => name),
  );
  throw new MessageTableError(
    `there is no table ${qualifiedName} in the database; it has ${near.join(', ') || 'no tables'}${hintAt(table)}`,
  );
}

/** Names may contain a dot, but a schema before it is more likely. */
function hintAt(table: string): string {
  const [, schema, name] = /^([^.]+)\.([^.]+)$/.exec(table) ?? [];
  return schema === undefined ? '' : `. Write schema: '${schema}', table: '${name}'`;
}

/** @throws MessageTableError if there is no such column, naming those that there are */
export function findColumn(columns: CatalogColumn[], name: string, option: string, table: string): CatalogColumn {
  const found = columns.find(({ column }) => column === name);
  if (found) return found;
  const near = byNearness(
    name,
    columns.map(({ column }) => column),
  );
  throw new MessageTableError(
    `the table ${table} has no column ${quoteIdentifier(name)} for ${option}; it has ${near.join(', ')}`,
  );
}

/** @throws MessageTableError if the database rejects the SQL */
export async function readExpression(
  catalog: Catalog,
  text: string,
  option: string,
  from: string,
): Promise<CatalogColumn> {
  const [described] = await orReject(option, catalog<CatalogColumn>(expression(text, from), []));
  return described!;
}

/** @throws MessageTableError if the database rejects the SQL of an option */
export async function orReject<Result>(option: string, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (!hasCode(error, REJECTED)) throw error;
    throw new MessageTableError(`${option} cannot be used: ${(error as Error).message}`);
  }
}
