import type { QueryOptions, TransactionOptions, TransactionQuery } from './message-database';
import type { TransactionKind } from './transaction';

/** A database from which the library can borrow a connection for itself. */
export abstract class ConnectedDatabase {
  query<Row>(text: string, values: unknown[], options: QueryOptions = {}): Promise<Row[]> {
    return this.run((query) => query<Row>(text, values), options, 'read');
  }

  transaction<Result>(
    work: (query: TransactionQuery) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    return this.run(work, options, options.canWrite ? 'writeSnapshot' : 'readSnapshot');
  }

  /** Lends a connection to the work for one transaction. */
  protected abstract run<Result>(
    work: (query: TransactionQuery) => Promise<Result>,
    options: TransactionOptions,
    kind: TransactionKind,
  ): Promise<Result>;
}
