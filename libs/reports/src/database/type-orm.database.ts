import { ConnectedDatabase } from './connected.database';
import type { MessageDatabase, QueryOptions, TransactionOptions, TransactionQuery } from './message-database';
import type { PostgresClient } from './postgres-client';
import { orDisconnect, runInTransaction, type TransactionKind } from './transaction';

/** The parts of a TypeORM `DataSource` that the library uses. Its types do not depend on TypeORM, which need not be installed. */
export interface TypeOrmDataSource {
  readonly isInitialized: boolean;
  readonly options: { readonly type: string };
  query(statement: string): Promise<unknown>;
  createQueryRunner(server: 'master' | 'slave'): {
    data: Record<string, unknown>;
    connect(): Promise<unknown>;
    query(statement: string, values: unknown[]): Promise<unknown>;
    release(): Promise<void>;
  };
}

/** A connection while a query runner holds it. */
interface LentClient extends PostgresClient {
  on(event: 'error', listener: () => void): void;
  off(event: 'error', listener: () => void): void;
}

/** The database of a TypeORM data source. Its subscribers and its log see the statements of reports. */
export class TypeOrmDatabase extends ConnectedDatabase implements MessageDatabase {
  private readonly options: { type: string; schema?: unknown; poolSize?: number };

  /** @throws RangeError if it is not a PostgreSQL data source */
  constructor(private readonly dataSource: TypeOrmDataSource) {
    super();
    this.options = dataSource.options;
    if (this.options.type === 'postgres') return;
    throw new RangeError(
      `ReportsModule: reports need PostgreSQL, a data source of type postgres; this one is of type ${this.options.type}`,
    );
  }

  get isOpen(): boolean {
    return this.dataSource.isInitialized;
  }

  /** pg's own default is 10. */
  get poolSize(): number {
    return this.options.poolSize || 10;
  }

  /** TypeORM qualifies the tables of entities with the schema instead of adding it to the search path. */
  get schema(): string | undefined {
    return typeof this.options.schema === 'string' ? this.options.schema : undefined;
  }

  async version(): Promise<string> {
    const [row] = (await this.dataSource.query('select version() as version')) as [{ version: string }];
    return row.version;
  }

  protected async run<Result>(
    work: (query: TransactionQuery) => Promise<Result>,
    options: TransactionOptions,
    kind: TransactionKind,
  ): Promise<Result> {
    const runner = this.dataSource.createQueryRunner(options.canWrite ? 'master' : (options.server ?? 'slave'));
    runner.data.kind = options.kind;
    const queryOf =
      (client: PostgresClient): TransactionQuery =>
      async <Row>(text: string, values: unknown[]) => {
        options.signal?.throwIfAborted();
        return (await orDisconnect(client, runner.query(text, values))) as Row[];
      };
    let lent: LentClient | undefined;
    let isBroken = false;
    const onError = () => (isBroken = true);
    try {
      const connect = async () => {
        lent = (await runner.connect()) as LentClient;
        lent.on('error', onError);
        return lent;
      };
      return await runInTransaction(connect, (client) => work(queryOf(client)), options, kind);
    } finally {
      // A connection that breaks between two statements reports it twice. TypeORM listens once, and the second time the process would end.
      if (!isBroken) lent?.off('error', onError);
      await runner.release();
    }
  }
}

/**
 * Runs a statement that can be canceled, in a read-only transaction on its own connection from the pool of a TypeORM data
 * source. It is never JIT compiled.
 *
 * @param statement SQL with `$1`, `$2`, … for the parameters
 * @param parameters the bound values, in that order
 * @returns the rows as pg parses them
 * @throws the reason of the signal if it is aborted; PostgreSQL is then told to cancel the statement
 * @throws QueryFailedError if the server rejects the statement; pg's own error if there is no connection, or if the server does
 * not respond in time, in which case the connection is closed
 * @throws ReplicaLagError if the statement would be run on a replica that lags too far behind
 */
export function runCancellable<Row>(
  dataSource: TypeOrmDataSource,
  statement: string,
  parameters: unknown[],
  options?: QueryOptions,
): Promise<Row[]> {
  return new TypeOrmDatabase(dataSource).query(statement, parameters, options);
}
