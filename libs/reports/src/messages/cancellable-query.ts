import type { DataSource, QueryRunner } from 'typeorm';

/** What TypeORM does not tell of pg's client. */
interface PostgresClient {
  processID: number;
  connection: { stream: { destroy(): void } };
}

/**
 * Begins a statement well enough to tell it from another one's. The database shows no more than about a thousand
 * characters of it.
 */
const RECOGNIZABLE_CHARACTERS = 500;

/**
 * Runs a statement that only reads on a connection of its own from the pool, of a replica where there is one. When the signal is aborted, the database is told to stop
 * working on it, and the promise is rejected with the signal's reason.
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
      cancelling = cancelStatement(dataSource, client.processID, statement).catch(() => undefined);
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
 * Asks for the end of a statement where it runs. Of several replicas this may reach another one, on which the process
 * belongs to somebody else: so only the same statement is cancelled.
 */
async function cancelStatement(dataSource: DataSource, processId: number, statement: string): Promise<void> {
  const runner = dataSource.createQueryRunner('slave');
  try {
    await runner.query(
      'select pg_cancel_backend(pid) from pg_stat_activity where pid = $1 and starts_with(query, $2)',
      [processId, statement.slice(0, RECOGNIZABLE_CHARACTERS)],
    );
  } finally {
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
