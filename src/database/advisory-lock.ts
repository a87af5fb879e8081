import type { DataSource } from 'typeorm';

/** Key of the lock on migrations: arbitrary, but it must never change, since instances of several versions share it. */
export const MIGRATION_LOCK = 4_715_001;

/** Key of the lock on partitioning. */
export const PARTITION_LOCK = 4_715_004;

/** For this transaction, which waits and then is idle, however long that takes. Not every version knows all of them. */
const NO_TIMEOUTS = `
  select set_config(name, '0', true) from pg_settings
  where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;

/**
 * Waits for an advisory lock and holds it until `work` is done, which must use other connections. It belongs to a transaction,
 * since behind a pooler a session may change hands after each.
 * https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
export async function withAdvisoryLock<Result>(
  dataSource: DataSource,
  key: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.startTransaction();
    await holder.query(NO_TIMEOUTS);
    await holder.query('select pg_advisory_xact_lock($1)', [key]);
    const result = await work();
    await holder.commitTransaction();
    return result;
  } catch (error) {
    await holder.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await holder.release();
  }
}
