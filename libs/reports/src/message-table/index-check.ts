/** Checks whether indexes can answer the probes of a report, by asking the planner. */

import type { MessageDatabase } from '../database/message-database';
import { type Catalog, catalogOf } from './catalog';
import { anyValueOf } from './column-type';
import { adviseIndex, type KeyColumn } from './index-advice';
import { deparse } from './index-key';
import type { Column, MessageTable } from './message-table';
import type { MessagesOptions } from './messages.options';
import { join, Parameter, quoteIdentifier, sql } from './sql.fragment';

/** Whether indexes serve reports of a kind. */
export interface IndexCheck {
  /** The reports. */
  purpose: string;
  /** Whether the database finds a message for them without sorting others or scanning all. */
  isServed: boolean;
  /** Whether it does so without reading any others, such as those of other channels at the same time. */
  isDirect: boolean;
  /** Names of the indexes that it uses. */
  found: string[];
  /**
   * If it uses none, the statement that creates one, which does not block writers, unless the table is partitioned. Undefined for
   * a view, a join or a foreign table, since their indexes belong to other relations.
   */
  statement?: string;
  /** The decorator of an entity of the table that keeps TypeORM's `synchronize` from dropping that index. */
  decorator?: string;
}

/** A part of the output of `EXPLAIN (VERBOSE, SETTINGS, FORMAT JSON)`. */
interface PlanNode {
  'Node Type': string;
  Schema?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

interface Explained {
  'QUERY PLAN': [{ Plan: PlanNode; Settings?: Record<string, string> }];
}

/** However small the table still is, it is planned like one that is too large to scan or sort. */
const AS_IF_LARGE = ['enable_seqscan = off', 'enable_sort = off'];

/** Nodes that read all messages, or all of an organization, before they return one. A foreign server is asked over a network. */
const SLOW_NODES = ['Sort', 'Seq Scan', 'Foreign Scan'];

const KIND = `
  select relkind in ('r', 'p', 'm') as "isTable", relkind = 'p' as "isPartitioned"
  from pg_class where oid = to_regclass($1)`;

/** Of the indexes of a condition. Those of partitions count as the one that they belong to. */
const indexesWhere = (condition: string) => `
  select root.relname::text as name, array(
    select pg_get_indexdef(i.indexrelid, place, false) from generate_series(1, i.indnkeyatts) place order by place) as keys
  from pg_class root
  join pg_index i on i.indexrelid = root.oid
  where ${condition}
  order by root.relname`;

const USED = indexesWhere(`root.oid in (
    select coalesce(pg_partition_root(name::regclass), name::regclass) from unnest($1::text[]) name)`);

const OF_TABLE = indexesWhere(`i.indrelid = to_regclass($1) and i.indisvalid and root.relam = (
    select oid from pg_am where amname = 'btree')`);

interface Index {
  name: string;
  keys: string[];
}

interface Kind {
  isTable: boolean;
  isPartitioned: boolean;
}

/** Checks the indexes for reports on an organization, and for those on its channels, if messages have any. */
export async function checkIndexes(
  database: MessageDatabase,
  table: MessageTable,
  options: MessagesOptions = {},
): Promise<IndexCheck[]> {
  const catalog = catalogOf(database, options);
  const [kind] = options.from === undefined ? await catalog<Kind>(KIND, [table.qualifiedName]) : [];
  const { organization, channel, createdAt } = table;
  const check = (purpose: string, ...probes: Column[][]) =>
    checkProbes({ catalog, table, kind }, purpose, probes.map(withKeys));
  const checks = [await check('reports on an organization', [organization, createdAt])];
  if (channel === undefined) return checks;
  const ofChannel = await check('reports on a channel', [organization, channel, createdAt], [organization, channel]);
  return [...checks, ofChannel];
}

/** A value that stands for a column is in no index. */
function withKeys(columns: Column[]): KeyColumn[] {
  return columns.filter((column): column is KeyColumn => column.key !== undefined);
}

interface Checked {
  catalog: Catalog;
  table: MessageTable;
  /** Undefined for a join. */
  kind: Kind | undefined;
}

/** @param probes the columns of each probe, in the order of an index that answers it best: first those of the longest one */
async function checkProbes(checked: Checked, purpose: string, probes: KeyColumn[][]): Promise<IndexCheck> {
  const { table, kind } = checked;
  const [longest] = probes as [KeyColumn[], ...KeyColumn[][]];
  const fits = await fitterOf(checked, longest);
  const used = await findUsed(checked, probes, fits);
  if (used === undefined) {
    return {
      purpose,
      isServed: false,
      isDirect: false,
      found: [],
      ...(kind?.isTable && adviseIndex(table, longest, kind)),
    };
  }
  const found = [...new Set(used.flat().map(({ name }) => name))];
  return { purpose, isServed: true, isDirect: used[0]!.every(fits), found };
}

/**
 * Finds the indexes that serve each of the probes: those that the planner chooses, or, where the table cannot be planned like a
 * large one since the database is a function, those that begin with the columns.
 *
 * @returns undefined if a probe is not served
 */
async function findUsed(
  { catalog, table, kind }: Checked,
  probes: KeyColumn[][],
  fits: (index: Index) => boolean,
): Promise<Index[][] | undefined> {
  const used: Index[][] = [];
  for (const columns of probes) {
    const { nodes, isAsIfLarge } = await planProbe(catalog, table, columns);
    if (!isAsIfLarge) {
      const fitting = kind?.isTable ? (await catalog<Index>(OF_TABLE, [table.qualifiedName])).filter(fits) : [];
      return kind?.isTable && fitting.length === 0 ? undefined : [fitting];
    }
    if (nodes.some((node) => SLOW_NODES.includes(node['Node Type']))) return undefined;
    used.push(await indexesOf(catalog, nodes));
  }
  return used;
}

/**
 * Plans a probe for the first message in order of the last column, with any values of those before.
 *
 * @returns the nodes of the plan, and whether the table was planned like a large one, which a function cannot be told
 */
async function planProbe(
  catalog: Catalog,
  table: MessageTable,
  columns: KeyColumn[],
): Promise<{ nodes: PlanNode[]; isAsIfLarge: boolean }> {
  const order = columns.at(-1)!.sql;
  const conditions = columns
    .slice(0, -1)
    .map(({ sql: text, type }) => sql`${text} = ${new Parameter(anyValueOf(type))} and `);
  const { text, values } = sql`
    explain (verbose, settings, format json)
    select ${order}
    from ${table.source}
    where ${join(conditions)}true${table.filter}
    order by ${order} limit 1`.toStatement();
  const [row] = await catalog<Explained>(text, values, AS_IF_LARGE);
  const [{ Plan: plan, Settings: settings }] = row!['QUERY PLAN'];
  return { nodes: nodesOf(plan), isAsIfLarge: settings?.enable_seqscan === 'off' };
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function indexesOf(catalog: Catalog, nodes: PlanNode[]): Promise<Index[]> {
  const names = nodes.flatMap(({ Schema: schema, 'Index Name': name }) =>
    schema === undefined || name === undefined ? [] : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`,
  );
  return catalog<Index>(USED, [names]);
}

/** Tells whether an index begins with columns. Those before the last one may be in any order. */
async function fitterOf({ catalog, table }: Checked, columns: KeyColumn[]): Promise<(index: Index) => boolean> {
  const texts = columns.map(({ key }) => key);
  const matchers = await deparse(catalog, table.qualifiedName, texts);
  return ({ keys }) => {
    const first = keys.slice(0, matchers.length);
    return matchers.at(-1)!(first[matchers.length - 1]) && matchers.every((isSame) => first.some(isSame));
  };
}
