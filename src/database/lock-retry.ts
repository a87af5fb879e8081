import { setTimeout as sleep } from 'node:timers/promises';
import { QueryFailedError } from 'typeorm';

/**
 * Makes a statement give up waiting for a lock. Every report would queue behind one that waits, however long the transaction
 * that it waits for takes. The limit is longer than `deadlock_timeout`, after which an autovacuum in the way is canceled.
 */
export const LOCK_TIMEOUT = `lock_timeout = '2s'`;

const ATTEMPTS = 60;
const PAUSE_MS = 3_000;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Repeats work that did not get a lock within LOCK_TIMEOUT, with pauses in which reports go on, for five minutes.
 *
 * @param work undoes its changes if it fails
 * @throws Error if there was no lock in all that time
 */
export async function retryLocks<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempt === ATTEMPTS) {
        throw new Error(
          'A long transaction, perhaps a pg_dump, has kept a table locked for five minutes. Run this again when it has ended',
          { cause: error },
        );
      }
      await sleep(PAUSE_MS);
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as Error & { code?: string }).code === LOCK_NOT_AVAILABLE
  );
}
