/** Where the stored days of a messages table are, and whether the table can have any. */

import type { MessageTable } from '../message-table/message-table';
import type { MessageColumn, MessagesOptions } from '../message-table/messages.options';
import { quoteIdentifier } from '../message-table/sql.fragment';
import { RollupError } from './rollup.error';

/** The tables of a store, and the messages table, as SQL names them: quoted, with the schema. */
export interface RollupStore {
  messages: string;
  /** The stored days of organizations. */
  days: string;
  /** The stored days of their channels; a channel without messages on a day has no row. */
  channelDays: string;
  /** The first day that is stored of an organization, and the day after the last one. */
  spans: string;
  /** Marks of days that a write has touched when they may already have been stored. */
  marks: string;
  /** One row: on which terms days were stored, and up to which day they can be. */
  state: string;
  /** The function of the triggers. */
  mark: string;
  /** The function that says whether a transaction has left all marks itself. */
  isMarked: string;
}

/** Runs one statement and returns its rows. */
type Query = <Row>(text: string, values: unknown[]) => Promise<Row[]>;

interface Relation {
  schema: string;
  name: string;
  kind: string;
  persistence: string;
  hasRowSecurity: boolean;
  hasHeirs: boolean;
  hasCitus: boolean;
}

const RELATION = `
  select n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind, c.relpersistence::text as persistence,
    c.relrowsecurity as "hasRowSecurity",
    c.relkind = 'r' and exists (select from pg_inherits where inhparent = c.oid) as "hasHeirs",
    to_regclass('pg_dist_partition') is not null as "hasCitus"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.oid = to_regclass($1)`;

const IS_DISTRIBUTED = 'select exists (select from pg_dist_partition where logicalrelid = to_regclass($1)) as is';

const KINDS: Record<string, string> = { v: 'a view', m: 'a materialized view', f: 'a foreign table' };

/** What the suffixes of the names leave of PostgreSQL's 63 bytes. */
const MAXIMUM_NAME_BYTES = 45;

/**
 * Finds the store of a messages table. It need not exist.
 *
 * @throws RollupError if the table cannot have one, with the reason
 */
export async function findStore(query: Query, table: MessageTable, options: MessagesOptions): Promise<RollupStore> {
  refuseColumns(options);
  const [relation] = await query<Relation>(RELATION, [table.qualifiedName]);
  if (relation === undefined) throw refused(table.qualifiedName, 'is not in the database');
  refuseRelation(table, relation);
  if (relation.hasCitus) {
    const [distributed] = await query<{ is: boolean }>(IS_DISTRIBUTED, [table.qualifiedName]);
    if (distributed!.is) throw refused(table.qualifiedName, 'is distributed by Citus, which has no triggers for it');
  }
  return storeOf(relation);
}

function storeOf({ schema, name }: Relation): RollupStore {
  const named = (suffix: string) => `${quoteIdentifier(schema)}.${quoteIdentifier(name + suffix)}`;
  return {
    messages: named(''),
    days: named('_rollup_days'),
    channelDays: named('_rollup_channels'),
    spans: named('_rollup_spans'),
    marks: named('_rollup_marks'),
    state: named('_rollup_state'),
    mark: named('_rollup_mark'),
    isMarked: named('_rollup_is_marked'),
  };
}

function refuseRelation({ qualifiedName }: MessageTable, relation: Relation): void {
  const { name, kind, persistence, hasRowSecurity, hasHeirs } = relation;
  if (KINDS[kind]) throw refused(qualifiedName, `is ${KINDS[kind]}, whose rows change without its triggers`);
  if (persistence !== 'p')
    throw refused(qualifiedName, 'is not logged: it is empty after a crash, and stored days are not');
  if (hasRowSecurity) throw refused(qualifiedName, 'has row-level security: a day holds what another role may not see');
  if (hasHeirs) throw refused(qualifiedName, 'has tables that inherit from it, whose rows change without its triggers');
  if (Buffer.byteLength(name) > MAXIMUM_NAME_BYTES)
    throw refused(
      qualifiedName,
      `has a name of more than ${MAXIMUM_NAME_BYTES} bytes, so the store would have too long ones`,
    );
}

/** A computed column may depend on more than the row, and then change without a write to the row. */
function refuseColumns({ from, columns = {} }: MessagesOptions): void {
  if (from !== undefined) throw new RollupError('rollups need a table: messages.from reads several');
  const isSql = (column: MessageColumn) => typeof column !== 'string';
  const { organization, channel, session, createdAt, id } = columns;
  const others = { channel: channel ?? undefined, session, id };
  const named = Object.entries(others).find(([, column]) => column !== undefined && isSql(column))?.[0];
  const isOrganizationSql = typeof organization === 'object' && 'sql' in organization;
  const isTimeSql = typeof createdAt === 'object' && ('sql' in createdAt || isSql(createdAt.column));
  const refusedRole = named ?? (isOrganizationSql ? 'organization' : isTimeSql ? 'createdAt' : undefined);
  if (refusedRole) throw new RollupError(`rollups need columns: messages.columns.${refusedRole} is SQL`);
}

function refused(table: string, reason: string): RollupError {
  return new RollupError(`rollups are impossible: the table ${table} ${reason}`);
}
