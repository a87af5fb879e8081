/** Time after which a statement is canceled if neither the application nor the connection sets a limit, in milliseconds. */
export const DEFAULT_STATEMENT_TIMEOUT_MS = 30_000;

/**
 * A statement that limits the time of the others in its transaction. As a setting of the transaction, a pooler in front of the
 * server takes it, and passes it to nobody else.
 *
 * @param milliseconds undefined for the limit of the connection, or else 30 seconds; 0 for none
 */
export function limitStatements(milliseconds: number | undefined): string {
  return milliseconds === undefined
    ? `select set_config('statement_timeout', '${DEFAULT_STATEMENT_TIMEOUT_MS}', true) where current_setting('statement_timeout') = '0'`
    : `set local statement_timeout = ${milliseconds}`;
}

/**
 * A statement that limits how long the next one waits for a lock. Unlike the one for all statements, it takes no snapshot, whatever
 * the limit.
 */
export function limitLock(milliseconds: number | undefined): string {
  return milliseconds === undefined
    ? `set local lock_timeout = ${DEFAULT_STATEMENT_TIMEOUT_MS}`
    : limitStatements(milliseconds);
}
