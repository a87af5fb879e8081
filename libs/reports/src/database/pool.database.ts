import { ConnectedDatabase } from './connected.database';
import type { MessageDatabase, TransactionOptions, TransactionQuery } from './message-database';
import type { PostgresClient } from './postgres-client';
import { orDisconnect, runInTransaction, type TransactionKind } from './transaction';

/** The parts of a `pg.Pool` that the library uses. */
export interface PostgresPool {
  readonly totalCount: number;
  readonly options?: { readonly max?: number };
  connect(): Promise<object>;
  query(statement: string): Promise<{ rows: unknown[] }>;
}

/** A connection of the pool while it is lent. */
interface PooledClient extends PostgresClient {
  query(statements: string): Promise<unknown>;
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  on(event: 'error', listener: () => void): void;
  off(event: 'error', listener: () => void): void;
  /** A pool destroys a connection that has been ended. */
  release(): void;
}

/** The database of a `pg.Pool`. */
export class PoolDatabase extends ConnectedDatabase implements MessageDatabase {
  readonly isOpen = true;
  readonly schema = undefined;

  constructor(private readonly pool: PostgresPool) {
    super();
  }

  /** pg's own default is 10. */
  get poolSize(): number {
    return this.pool.options?.max ?? 10;
  }

  async version(): Promise<string> {
    const { rows } = await this.pool.query('select version() as version');
    return (rows as [{ version: string }])[0].version;
  }

  protected async run<Result>(
    work: (query: TransactionQuery) => Promise<Result>,
    options: TransactionOptions,
    kind: TransactionKind,
  ): Promise<Result> {
    let lent: PooledClient | undefined;
    const queryOf =
      (client: PooledClient): TransactionQuery =>
      async <Row>(text: string, values: unknown[]) => {
        options.signal?.throwIfAborted();
        return (await orDisconnect(client, client.query(text, values))).rows as Row[];
      };
    try {
      const connect = async () => (lent = await this.connect());
      return await runInTransaction(connect, (client) => work(queryOf(client)), options, kind);
    } finally {
      lent?.off('error', ignore);
      lent?.release();
    }
  }

  private async connect(): Promise<PooledClient> {
    const client = (await this.pool.connect()) as PooledClient;
    client.on('error', ignore);
    return client;
  }
}

/** A connection that breaks between two statements is no exception of the process: the next statement fails. */
function ignore(): void {}
