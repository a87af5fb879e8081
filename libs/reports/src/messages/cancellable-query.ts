import type { DataSource, QueryRunner } from 'typeorm';

/** What TypeORM does not tell of pg's client. */
interface PostgresClient {
  processID: number;
  connection: { stream: { destroy(): void } };
}

/**
 * Runs a statement on a connection of its own from the pool. When the signal is aborted, the database is told to stop
 * working on it, and the promise is rejected with the signal's reason.
 */
export async function runCancellable<Row>(
  dataSource: DataSource,
  statement: string,
  parameters: unknown[],
  signal?: AbortSignal,
): Promise<Row[]> {
  signal?.throwIfAborted();
  const runner = dataSource.createQueryRunner();
  let cancelling: Promise<unknown> | undefined;
  let cancel = () => {};
  try {
    const client = (await runner.connect()) as PostgresClient;
    signal?.throwIfAborted();
    cancel = () => {
      cancelling = dataSource.query('select pg_cancel_backend($1)', [client.processID]).catch(() => undefined);
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
