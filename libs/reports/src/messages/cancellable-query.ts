import type { DataSource, QueryRunner } from 'typeorm';

/** What TypeORM does not tell of pg's client. */
interface PostgresClient {
  constructor: new (config: object) => PostgresClient;
  connectionParameters: object;
  processID: number;
  connection: { stream: { destroy(): void } };
  on(event: 'error', listener: () => void): void;
  connect(): Promise<void>;
  query(statement: string, parameters: unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

/** How long a cancellation may take, to connect and again to be answered. */
const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Runs a statement that only reads on a connection of its own from the pool, of a replica where there is one. When the
 * signal is aborted, the database is told to stop working on it, and the promise is rejected with the signal's reason.
 */
export async function runCancellable<Row>(
  dataSource: DataSource,
  statement: string,
  parameters: unknown[],
  signal?: AbortSignal,
): Promise<Row[]> {
  signal?.throwIfAborted();
  const runner = dataSource.createQueryRunner('slave');
  let cancelling: Promise<unknown> | undefined;
  let cancel = () => {};
  try {
    const client = (await runner.connect()) as PostgresClient;
    signal?.throwIfAborted();
    cancel = () => {
      cancelling = cancelStatement(client).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    return await queryOrHangUp<Row>(runner, client, statement, parameters);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    // From here on the connection may soon be another one's.
    signal?.removeEventListener('abort', cancel);
    if (cancelling) await absorb(cancelling, runner);
    await runner.release();
  }
}

/**
 * Asks the same server to end the statement of a client. On a connection of its own: those of the pool may all be busy with
 * what nobody waits for any more.
 */
async function cancelStatement(client: PostgresClient): Promise<void> {
  const limits = { connectionTimeoutMillis: CANCEL_TIMEOUT_MS, query_timeout: CANCEL_TIMEOUT_MS };
  // Its password is not enumerable.
  const own = new client.constructor(Object.assign(Object.create(client.connectionParameters) as object, limits));
  own.on('error', () => undefined);
  try {
    await own.connect();
    await own.query('select pg_cancel_backend($1)', [client.processID]);
  } finally {
    void own.end().catch(() => undefined);
  }
}

/**
 * A cancellation is a signal to the process behind a connection, which may see it late: if the statement was over by then,
 * the next one on that connection would be cancelled instead. So the next one is one that nobody needs.
 */
async function absorb(cancelling: Promise<unknown>, runner: QueryRunner): Promise<void> {
  await cancelling;
  await runner.query('select 1').catch(() => undefined);
}

/** A connection on which the server has not answered in time is given up: the next statement would wait for it again. */
async function queryOrHangUp<Row>(
  runner: QueryRunner,
  client: PostgresClient,
  statement: string,
  parameters: unknown[],
): Promise<Row[]> {
  try {
    return (await runner.query(statement, parameters)) as Row[];
  } catch (error) {
    if (!isFromServer(error)) client.connection.stream.destroy();
    throw error;
  }
}

/** Only errors that the server reports carry a severity. */
function isFromServer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'severity' in error;
}
