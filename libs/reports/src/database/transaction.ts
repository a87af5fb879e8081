import { cancelStatement } from './cancel-request';
import { isFromServer } from './database-error';
import type { TransactionOptions } from './message-database';
import type { PostgresClient } from './postgres-client';
import { REPLICA_LAG_MS, ReplicaLagError } from './replica-lag';
import { limitLock, limitStatements } from './statement-timeout';

/**
 * JIT compilation of a statement over hundreds of partitions takes minutes and gigabytes, and neither a timeout nor a cancel
 * request interrupts it. The setting ends with the transaction: nobody else who gets the connection, from the pool or from a
 * pooler in front of the server, finds it changed.
 */
const NO_JIT = 'set local jit = off';

/** What a transaction begins with. */
const BEGIN = {
  read: 'begin read only',
  readSnapshot: 'begin read only isolation level repeatable read',
  writeSnapshot: 'begin read write isolation level repeatable read',
};

/** What a transaction is for: one statement, or several that see one snapshot. */
export type TransactionKind = keyof typeof BEGIN;

/**
 * Runs statements that can be canceled, in a transaction on a connection of its own. They are never JIT compiled.
 *
 * @param connect takes a connection, which the caller releases
 * @param run sends the statements to it, each of them through `orDisconnect`
 * @throws the reason of the signal if it is aborted; PostgreSQL is then told to cancel the statement
 * @throws what `connect` and `run` throw; if the server does not respond in time, the connection is closed
 * @throws ReplicaLagError if the connection is to a replica that lags too far behind
 */
export async function runInTransaction<Client extends PostgresClient, Result>(
  connect: () => Promise<Client>,
  run: (client: Client) => Promise<Result>,
  options: TransactionOptions,
  kind: TransactionKind = 'read',
): Promise<Result> {
  const { signal } = options;
  signal?.throwIfAborted();
  let canceling: Promise<unknown> | undefined;
  let cancel = () => {};
  let client: Client | undefined;
  let ending = kind === 'writeSnapshot' ? 'rollback' : 'commit';
  try {
    const connected = (client = await connect());
    signal?.throwIfAborted();
    cancel = () => {
      canceling = cancelStatement(connected).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    await begin(connected, options, kind);
    const result = await run(connected);
    // What was written counts only if this succeeds.
    if (kind === 'writeSnapshot') await orDisconnect(connected, connected.query('commit'));
    ending = 'commit';
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    // The connection may soon serve another query, which must not be canceled.
    signal?.removeEventListener('abort', cancel);
    if (client && canceling) await absorbCancellation(canceling, client);
    if (client) await endTransaction(client, ending);
  }
}

/**
 * The server process may receive the cancel signal after its statement has ended, and would then cancel the next one on the
 * connection. A no-op statement absorbs it.
 */
async function absorbCancellation(canceling: Promise<unknown>, client: PostgresClient): Promise<void> {
  await canceling;
  await client.query('select 1').catch(() => undefined);
}

/**
 * Begins the transaction. A pooler in front of the server takes its settings, and passes them to nobody else. Sent along with
 * it, the check of the replica takes no round trip of its own.
 */
async function begin(
  client: PostgresClient,
  { statementTimeoutMs, settings = [], maximumReplicaLagMs, lock }: TransactionOptions,
  kind: TransactionKind,
): Promise<void> {
  const statements = [
    BEGIN[kind],
    NO_JIT,
    ...settings.map((setting) => `set local ${setting}`),
    ...(lock === undefined ? [] : [limitLock(statementTimeoutMs), lock]),
    limitStatements(statementTimeoutMs),
  ];
  if (maximumReplicaLagMs !== undefined) statements.push(`select ${REPLICA_LAG_MS} as lag`);
  const results = await orDisconnect(client, client.query(statements.join('; ')));
  if (maximumReplicaLagMs === undefined) return;
  const { lag } = (results as { rows: { lag: number | null }[] }[]).at(-1)!.rows[0]!;
  if (lag !== null && lag > maximumReplicaLagMs) throw new ReplicaLagError(lag, maximumReplicaLagMs);
}

/** Disconnects if the server does not answer in time: the next statement would wait as long. */
export async function orDisconnect<Result>(client: PostgresClient, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (!isFromServer(error)) await disconnect(client);
    throw error;
  }
}

/**
 * A failed transaction is rolled back by `commit` as well, and one that has been committed stays so. The rows have been read, so they
 * count even if this fails.
 */
async function endTransaction(client: PostgresClient, ending: string): Promise<void> {
  if (client.connection.stream.destroyed) return;
  await client.query(ending).catch(() => disconnect(client));
}

/** Ends the statement that the server may be running, and the connection, which keeps the pool from reusing it. */
async function disconnect(client: PostgresClient): Promise<void> {
  // A server does not notice that its client has gone before it has rows to send, and a pooler no longer knows it then.
  await cancelStatement(client).catch(() => undefined);
  void client.end().catch(() => undefined);
}
