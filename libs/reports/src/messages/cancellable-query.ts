import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { DataSource, QueryRunner } from 'typeorm';

/** What TypeORM does not tell of pg's client. */
interface PostgresClient {
  host: string;
  port: number;
  /** What the server knows the connection by, for who wants to cancel what runs on it. */
  processID: number;
  secretKey: number;
  connection: { stream: Socket };
  end(): Promise<void>;
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const CANCEL_REQUEST_CODE = 80_877_102;

const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Runs a statement that only reads on a connection of its own from the pool: of a replica where there is one, unless it has
 * to be the database itself. When the signal is aborted, the server is told to stop working on it, and the promise is
 * rejected with the signal's reason.
 */
export async function runCancellable<Row>(
  dataSource: DataSource,
  statement: string,
  parameters: unknown[],
  signal?: AbortSignal,
  server: 'master' | 'slave' = 'slave',
): Promise<Row[]> {
  signal?.throwIfAborted();
  const runner = dataSource.createQueryRunner(server);
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
 * Asks the same server to end the statement of a client, with the request that PostgreSQL has for it. It needs a connection
 * of its own but no session: those of the pool may all be busy with what nobody waits for any more. Where the connection
 * ends at a proxy, the secret keeps another server from taking it for one of its own processes.
 */
async function cancelStatement({ host, port, processID, secretKey, connection }: PostgresClient): Promise<void> {
  const { remotePort, remoteAddress } = connection.stream;
  const socket =
    remotePort === undefined ? connect(`${host}/.s.PGSQL.${port}`) : connect({ port: remotePort, host: remoteAddress });
  try {
    const request = Buffer.alloc(16);
    [request.length, CANCEL_REQUEST_CODE, processID, secretKey].forEach((value, index) =>
      request.writeInt32BE(value, index * 4),
    );
    socket.end(request);
    // The server hangs up when it has sent the signal.
    await once(socket.resume(), 'close', { signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS) });
  } finally {
    socket.destroy();
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
    // Ending hangs up at once while a statement runs, and keeps the pool from lending the connection again.
    if (!isFromServer(error)) void client.end().catch(() => undefined);
    throw error;
  }
}

/** Only errors that the server reports carry a severity. */
function isFromServer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'severity' in error;
}
