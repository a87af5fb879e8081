import { UnavailableError } from '../unavailable.error';
import { isDatabaseTimeout, isTransientDatabaseError } from '../database/database-error';

/**
 * The messages cannot be read: the database is unreachable, refuses work or is too slow. Retrying later may help; if
 * the database was too slow, a shorter range may.
 */
export class MessagesUnavailableError extends UnavailableError {
  /** The database took longer than it may. */
  readonly isTimeout: boolean;

  constructor(cause: unknown) {
    const isTimeout = isDatabaseTimeout(cause);
    super(
      isTimeout
        ? 'The messages could not be read within the time limit of the database: try a shorter range'
        : 'The messages cannot be read at the moment',
      cause,
    );
    this.isTimeout = isTimeout;
  }

  /** Wraps a transient error of the database. Any other error, such as a missing table, is a fault and returned unchanged. */
  static unlessFault(error: unknown): unknown {
    return isTransientDatabaseError(error) ? new MessagesUnavailableError(error) : error;
  }
}
