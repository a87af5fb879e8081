import type { TransactionQuery } from '../database/message-database';
import { hasCode } from '../database/database-error';
import type { MessageTable } from '../message-table/message-table';
import type { RollupStore } from './rollup-store';
import { RollupError } from './rollup.error';

/**
 * Invalid object definition, feature not supported, and grouping or windowing error: what PostgreSQL refuses as the
 * condition of an index.
 */
const NOT_IMMUTABLE = /^(42P17|0A000|42803|42P20)$/;

/**
 * Checks that the filter depends only on the row: if it depended on another table, the clock or a setting, its result
 * for a row could change without a write to the row. PostgreSQL has the same requirement for the condition of an index,
 * so this creates one on an empty table.
 *
 * @throws RollupError with PostgreSQL's reason
 */
export async function checkFilter(
  query: TransactionQuery,
  { filter }: MessageTable,
  store: RollupStore,
): Promise<void> {
  const { text, values } = filter.toStatement();
  if (text === '') return;
  const literals: string[] = [];
  for (const value of values) literals.push(await literalOf(query, value));
  const condition = text.replace(/^ and /, '').replace(/\$(\d+)/g, (_, number) => literals[Number(number) - 1]!);
  try {
    await query('drop table if exists pg_temp.chat_rollup_filter', []);
    await query(`create temporary table chat_rollup_filter (like ${store.messages}) on commit drop`, []);
    await query(`create index on pg_temp.chat_rollup_filter ((true)) where ${condition}`, []);
  } catch (error) {
    if (!hasCode(error, NOT_IMMUTABLE)) throw error;
    throw new RollupError(`rollups need a filter that depends on the row alone: ${(error as Error).message}`);
  }
}

/** A value as an SQL literal without a type, like a parameter. */
async function literalOf(query: TransactionQuery, value: unknown): Promise<string> {
  const [row] = await query<{ literal: string }>('select quote_nullable($1::text) as literal', [value]);
  return row!.literal;
}
