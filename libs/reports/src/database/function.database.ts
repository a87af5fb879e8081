import type { MessageDatabase, QueryOptions } from './message-database';
import { DEFAULT_STATEMENT_TIMEOUT_MS } from './statement-timeout';

/**
 * Runs a statement through whatever the application has: Prisma, Drizzle, Knex, postgres.js.
 *
 * What depends on the connection is up to the function. The library cannot cancel the statement, begin a read-only
 * transaction, or set `jit` and `statement_timeout` for it; set them for the connections or the role.
 *
 * @param text one statement of PostgreSQL's SQL, with `$1`, `$2`, … for the values; a value may occur several times
 * @param values strings and numbers, and the values of `messages.filter`
 * @param signal aborted when the result is no longer needed, or the statement has taken longer than
 * `messages.statementTimeoutMs`; the report has failed by then, so cancel the statement if you can
 * @returns the rows by name of column, with a `float8` as number
 */
export type QueryFunction = (text: string, values: unknown[], signal: AbortSignal) => Promise<unknown>;

/** A database behind a function. It may have any number of connections; as many as in a pool of pg are assumed. */
export class FunctionDatabase implements MessageDatabase {
  readonly isOpen = true;
  readonly schema = undefined;
  readonly poolSize = 10;

  /** @throws RangeError if a lag is to be checked: its answer may come from another connection than the rows */
  constructor(
    private readonly run: QueryFunction,
    { maximumReplicaLagMs }: QueryOptions,
  ) {
    if (maximumReplicaLagMs === undefined) return;
    throw new RangeError('ReportsModule: messages.maximumReplicaLagMs needs a TypeORM DataSource or a pg.Pool');
  }

  async version(): Promise<string> {
    const [row] = await this.query<{ version: string }>('select version() as version', []);
    return row!.version;
  }

  async query<Row>(text: string, values: unknown[], options: QueryOptions = {}): Promise<Row[]> {
    const { statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS } = options;
    const timeout = statementTimeoutMs > 0 ? AbortSignal.timeout(statementTimeoutMs) : undefined;
    const signal = AbortSignal.any([options.signal, timeout].filter((one) => one !== undefined));
    signal.throwIfAborted();
    const rows = await unlessAborted(this.run(text, values, signal), signal);
    if (Array.isArray(rows)) return rows as Row[];
    throw new TypeError('ReportsModule: the function of the option database must return an array of rows');
  }
}

/** Does not wait for a function that ignores the signal. */
function unlessAborted(answer: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    Promise.resolve(answer).then(resolve, reject);
  });
}
