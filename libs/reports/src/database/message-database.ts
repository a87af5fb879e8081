/** How the library reaches the database. Everything it reads, it reads through this interface. */

/** Injection token of the `MessageDatabase`. */
export const MESSAGE_DATABASE = Symbol('MESSAGE_DATABASE');

/** How to run a statement. */
export interface QueryOptions {
  /** Abort it to cancel the statement. */
  signal?: AbortSignal;
  /** `slave` (default) reads from a replica if the data source has one, `master` always from the primary. */
  server?: 'master' | 'slave';
  /** What the statement is for. TypeORM subscribers find it in `queryRunner.data.kind`; default none. */
  kind?: string;
  /** How far a replica may lag behind, in milliseconds; default: however far. */
  maximumReplicaLagMs?: number;
  /**
   * Time after which the server cancels the statement, in whole milliseconds, or 0 for never; default: the limit of the
   * connection, or else 30 seconds.
   */
  statementTimeoutMs?: number;
  /** More settings of the transaction, such as `enable_sort = off`. A database that is a function ignores them. */
  settings?: string[];
}

/** Runs statements one after the other in one transaction. */
export type TransactionQuery = <Row>(text: string, values: unknown[]) => Promise<Row[]>;

/** How to run a transaction. */
export interface TransactionOptions extends QueryOptions {
  /** Whether it may write. It then runs on the primary; otherwise on the `server` of the options. */
  canWrite?: boolean;
  /** A statement that is run before the snapshot is taken: one that locks a table. */
  lock?: string;
}

/** A PostgreSQL database of the application. */
export interface MessageDatabase {
  /** False until the application has opened it. */
  readonly isOpen: boolean;
  /** How many statements can run at once. */
  readonly poolSize: number;
  /** The schema of the tables, unless an option names one; undefined: the search path decides. */
  readonly schema: string | undefined;

  /** The answer to `select version()`, which any product understands. */
  version(): Promise<string>;

  /**
   * Runs a statement that only reads.
   *
   * @param text SQL with `$1`, `$2`, … for the values
   * @returns the rows by name of column
   * @throws the reason of the signal if it is aborted
   * @throws ReplicaLagError if the statement would be run on a replica that lags too far behind
   * @throws any other error of the driver
   */
  query<Row>(text: string, values: unknown[], options?: QueryOptions): Promise<Row[]>;

  /**
   * Runs several statements that see one snapshot (REPEATABLE READ). They are committed together, unless `work` throws. Undefined
   * where the connection is not known.
   *
   * @throws what `query` throws, and what `work` throws
   */
  readonly transaction?: <Result>(
    work: (query: TransactionQuery) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>;
}
