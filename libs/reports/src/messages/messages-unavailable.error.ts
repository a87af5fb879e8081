import { QueryFailedError } from 'typeorm';
import { UnavailableError } from '../unavailable.error';

/** The database could not be asked in time: it is away, refuses work, or was too slow. Asking again later may help. */
export class MessagesUnavailableError extends UnavailableError {
  constructor(cause: unknown) {
    super('The messages cannot be read at the moment', cause);
  }

  /**
   * Wraps a failure that says nothing about the query itself. An error that PostgreSQL reports for any other reason, for
   * example a missing table, is a fault to be mended and comes back as it was.
   */
  static unlessFault(error: unknown): unknown {
    const driverError: unknown = error instanceof QueryFailedError ? error.driverError : error;
    return isFault(driverError) ? error : new MessagesUnavailableError(error);
  }
}

/**
 * SQLSTATE classes in which the same query may succeed later: connection exception (08), transaction rollback (40),
 * insufficient resources (53), operator intervention such as statement_timeout or a shutdown (57), system error (58).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const TRANSIENT_SQLSTATE = /^(08|40|53|57|58)/;

function isFault(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  // Only errors that the server reported carry a severity; what breaks on the way to it does not.
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return false;
  return !TRANSIENT_SQLSTATE.test(String(error.code));
}
