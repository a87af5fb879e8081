/** Finds out whether indexes answer the probes of a report. */

import type { DataSource } from 'typeorm';
import { anyValueOf } from './column-type';
import { quoteIdentifier } from './identifier.sql';
import type { Column, MessageTable } from './message-table';

/** Whether the table has an index that a report needs. */
export interface IndexCheck {
  /** What it is for. */
  purpose: string;
  /** The indexes that fit. */
  found: string[];
  /** If none does, the statement that makes one: without keeping anyone from writing, unless the table is partitioned. */
  statement?: string;
}

interface Index {
  name: string;
  columns: string[];
  isPartial: boolean;
}

/** What is no table may stand before several, of which nothing can be said. */
const INDEXES = `
  select c.relname::text as name, i.indpred is not null as "isPartial", array(
    select coalesce(a.attname::text, '')
    from unnest(i.indkey::smallint[]) with ordinality as key (number, place)
    left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number
    where place <= i.indnkeyatts
    order by place) as columns
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_am m on m.oid = c.relam
  where i.indrelid = to_regclass($1) and i.indisvalid and m.amname = 'btree'
  order by c.relname`;

const KIND = `
  select relkind in ('r', 'p', 'm') as "isTable", relkind = 'p' as "isPartitioned"
  from pg_class where oid = to_regclass($1)`;

type Kind = { isTable: boolean; isPartitioned: boolean };

/**
 * Checks the index for an organization, and the one for a channel.
 *
 * @returns nothing for a view or a foreign table, whose indexes are elsewhere
 */
export async function checkIndexes(dataSource: DataSource, table: MessageTable): Promise<IndexCheck[]> {
  const { organization, channel, createdAt } = table;
  const [kind] = await dataSource.query<Kind[]>(KIND, [table.sql]);
  if (!kind?.isTable) return [];
  const indexes = await dataSource.query<Index[]>(INDEXES, [table.sql]);
  const check = async (purpose: string, columns: Column[]): Promise<IndexCheck> => {
    const found = await findFitting(dataSource, table, indexes, columns);
    const statement = found.length > 0 ? undefined : createIndex(table, columns, kind);
    return { purpose, found: found.map(({ name }) => name), statement };
  };
  const checks = [await check('reports on an organization', [organization, createdAt])];
  if (channel) {
    const columns = [organization, channel, createdAt];
    checks.push(await check('reports on a channel', columns));
  }
  return checks;
}

async function findFitting(
  dataSource: DataSource,
  table: MessageTable,
  indexes: Index[],
  columns: Column[],
): Promise<Index[]> {
  const candidates = indexes.filter((index) => columns.every(({ name }, place) => index.columns[place] === name));
  const whole = candidates.filter(({ isPartial }) => !isPartial);
  if (whole.length > 0 || candidates.length === 0) return whole;
  // Whether the filter says what a partial index is limited to is for the planner to prove.
  const plan = await planProbe(dataSource, table, columns);
  return candidates.filter(({ name }) => plan.includes(`"Index Name":${JSON.stringify(name)}`));
}

/** How the database would look for one message if it had to use an index, however small the table still is. */
async function planProbe(dataSource: DataSource, table: MessageTable, columns: Column[]): Promise<string> {
  const names = columns.slice(0, -1);
  const at = `m.${table.createdAt.sql}`;
  const conditions = names.map(({ sql }, index) => `m.${sql} = $${index + 1}`).join(' and ');
  const probe = `select ${at} from ${table.sql} m where ${conditions}${table.filter.and(columns.length)} order by ${at} limit 1`;
  const values = [...names.map(({ type }) => anyValueOf(type)), ...table.filter.values];
  return dataSource.transaction(async (manager) => {
    for (const setting of ['enable_seqscan', 'enable_sort']) await manager.query(`set local ${setting} = off`);
    return JSON.stringify(await manager.query(`explain (format json) ${probe}`, values));
  });
}

/** PostgreSQL makes no index of a partitioned table concurrently. */
function createIndex({ sql, id }: MessageTable, columns: Column[], { isPartitioned }: Kind): string {
  const names = [...columns, id].map((column) => column.sql).join(', ');
  return `CREATE INDEX${isPartitioned ? '' : ' CONCURRENTLY'} ${quoteIdentifier(indexName(sql, columns))} ON ${sql} (${names});`;
}

/** PostgreSQL cuts names at 63 bytes. */
function indexName(table: string, columns: Column[]): string {
  const words = [table, ...columns.map(({ name }) => name)].join(' ').match(/\w+/g) ?? [];
  return `${words.join('_').slice(0, 55)}_report`;
}
