/** Finds out whether indexes answer the probes of a report, by asking the database how it would look for one message. */

import type { DataSource, QueryRunner } from 'typeorm';
import { anyValueOf } from './column-type';
import { quoteIdentifier } from './identifier.sql';
import type { Column, MessageTable } from './message-table';

/** An index that a report needs and the table does not have. */
export interface MissingIndex {
  /** What it is for. */
  purpose: string;
  /** What makes it, without keeping anyone from writing. */
  statement: string;
}

/** How the table answers. */
export interface IndexCheck {
  purpose: string;
  /** The indexes that answer; of a table with partitions or kept elsewhere, what is known of them. */
  found: string[];
  missing?: MissingIndex;
}

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

/** What the planner would do if it had nothing better, however small the table still is. */
const RELUCTANTLY = ['enable_seqscan', 'enable_bitmapscan', 'enable_sort'];

/** Checks the index for an organization, and the one for a channel. */
export async function checkIndexes(dataSource: DataSource, table: MessageTable): Promise<IndexCheck[]> {
  const { organization, channel, createdAt } = table;
  const runner = dataSource.createQueryRunner();
  try {
    const checks = [await check(runner, table, 'reports on an organization', [organization, createdAt])];
    if (channel) checks.push(await check(runner, table, 'reports on a channel', [organization, channel, createdAt]));
    return checks;
  } finally {
    await runner.release();
  }
}

/** The indexes that are missing, if any. */
export async function findMissingIndexes(dataSource: DataSource, table: MessageTable): Promise<MissingIndex[]> {
  return (await checkIndexes(dataSource, table)).flatMap(({ missing }) => missing ?? []);
}

async function check(
  runner: QueryRunner,
  table: MessageTable,
  purpose: string,
  columns: Column[],
): Promise<IndexCheck> {
  const leaves = leavesOf(await planProbe(runner, table, columns));
  const found = leaves.flatMap((node) => node['Index Name'] ?? []);
  if (leaves.every((node) => answers(node, columns))) return { purpose, found };
  return { purpose, found: [], missing: { purpose, statement: createIndex(table, columns) } };
}

async function planProbe(runner: QueryRunner, table: MessageTable, columns: Column[]): Promise<PlanNode> {
  const names = columns.slice(0, -1);
  const at = `m.${table.createdAt.sql}`;
  const conditions = names.map(({ sql }, index) => `m.${sql} = $${index + 1}`).join(' and ');
  await runner.startTransaction();
  try {
    for (const setting of RELUCTANTLY) await runner.query(`set local ${setting} = off`);
    const [{ 'QUERY PLAN': plan }] = (await runner.query(
      `explain (format json) select ${at} from ${table.sql} m
       where ${conditions}${table.filter.and(columns.length)} and ${at} > ${SOME_TIME} order by ${at} limit 1`,
      [...names.map(({ type }) => anyValueOf(type)), ...table.filter.values],
    )) as [{ 'QUERY PLAN': [{ Plan: PlanNode }] }];
    return plan[0].Plan;
  } finally {
    await runner.rollbackTransaction();
  }
}

const SOME_TIME = `'2020-01-01'`;

/** What reads rows, or sorts them, which an index would not need. */
function leavesOf(node: PlanNode): PlanNode[] {
  if (/Sort/.test(node['Node Type']) || !node.Plans?.length) return [node];
  return node.Plans.flatMap(leavesOf);
}

/** Of what is no scan of this database's own, such as the tables of an extension, nothing can be said. */
function answers(node: PlanNode, columns: Column[]): boolean {
  const condition = node['Index Cond'];
  if (condition === undefined) return !/Sort|Seq Scan|Bitmap|Index/.test(node['Node Type']);
  return columns.every(({ name }) => mentions(condition, name));
}

function mentions(condition: string, name: string): boolean {
  const escaped = name.replaceAll('"', '""').replace(/[^\w]/g, '\\$&');
  return new RegExp(`(?<![\\w"])"?${escaped}"?(?![\\w"])`).test(condition);
}

function createIndex({ sql, id }: MessageTable, columns: Column[]): string {
  const names = [...columns, id].map((column) => column.sql).join(', ');
  return `CREATE INDEX CONCURRENTLY ${quoteIdentifier(indexName(sql, columns))} ON ${sql} (${names});`;
}

/** PostgreSQL cuts names at 63 bytes. */
function indexName(table: string, columns: Column[]): string {
  const words = `${table}_${columns.map(({ name }) => name).join('_')}`.replace(/\W+/g, '_').replace(/^_/, '');
  return `${words.slice(0, 55)}_report`;
}
