import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import type { DataDirectory } from './data-directory';
import { ClusterInUseError, PostgresCluster } from './postgres-cluster';

/**
 * How long to wait for a PostgreSQL that another process starts or stops, and how long to pause after a failed start.
 */
const START_TIMEOUT_MS = 20_000;

/** How long to wait for the answer to a login. */
const CONNECTION_TIMEOUT_MS = 2_000;

/** The pause between two attempts. */
const RETRY_MS = 200;

/** Key of the advisory lock that all processes using the database share. */
const USER_LOCK = 4_715_002;

/** Key of the advisory lock that the server holds exclusively. */
const SERVER_LOCK = 4_715_003;

/** PostgreSQL is starting or stopping. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CANNOT_CONNECT_NOW = '57P03';

/** PostgreSQL refuses the login, and always will. */
const INVALID_LOGIN = /^28|^3D/;

/**
 * The embedded PostgreSQL, which listens on a socket of its own and stores its files in a data directory.
 *
 * Several processes can use it at once: one server and any number of commands. The first of them starts PostgreSQL, and
 * the last one stops it. Each holds an advisory lock, which PostgreSQL releases when the connection ends, however the
 * process dies. So a crash leaves nothing to clean up: the next process uses the running PostgreSQL, or starts it. If
 * PostgreSQL itself crashes, the processes that use it start it again.
 */
export class EmbeddedPostgres {
  private closing?: Promise<void>;
  private readonly closed = new AbortController();
  private reconnecting?: Promise<void>;
  private isServer = false;

  private constructor(
    private readonly cluster: PostgresCluster,
    private session: Client,
  ) {
    this.reconnectWhenLost();
  }

  /**
   * Connects to the PostgreSQL of a data directory. Creates its files and starts it as needed.
   *
   * @throws Error if PostgreSQL is not installed or does not start
   */
  static async open(directory: DataDirectory): Promise<EmbeddedPostgres> {
    const cluster = await PostgresCluster.open(directory);
    return new EmbeddedPostgres(cluster, await connectOrStart(cluster));
  }

  /** Connection URL, including the password. */
  get url(): string {
    return this.cluster.url;
  }

  /** Acquires the lock that allows only one server on a data directory. Returns false if another process holds it. */
  async acquireServerLock(): Promise<boolean> {
    return (this.isServer = await this.tryLock(SERVER_LOCK));
  }

  /** Disconnects, and stops PostgreSQL if no other process uses it. */
  async close(): Promise<void> {
    this.closing ??= this.disconnect();
    // Interrupts the wait for the next attempt to reconnect.
    this.closed.abort();
    return this.closing;
  }

  private async disconnect(): Promise<void> {
    await this.reconnecting;
    try {
      await this.session.query('select pg_advisory_unlock_shared($1)', [USER_LOCK]);
      if (await this.tryLock(USER_LOCK)) await this.cluster.stop();
    } catch {
      // PostgreSQL has already ended.
    } finally {
      await this.session.end().catch(() => undefined);
    }
  }

  /** Reconnects when the session ends unexpectedly, which means that PostgreSQL has crashed. */
  private reconnectWhenLost(): void {
    this.session.once('end', () => {
      this.reconnecting = this.reconnect();
    });
  }

  private async reconnect(): Promise<void> {
    while (this.closing === undefined) {
      try {
        this.session = await connectOrStart(this.cluster);
        if (this.isServer) await this.tryLock(SERVER_LOCK);
        return this.reconnectWhenLost();
      } catch (error) {
        console.error(`error: ${(error as Error).message}`);
        await sleep(START_TIMEOUT_MS, undefined, { signal: this.closed.signal }).catch(() => undefined);
      }
    }
  }

  private async tryLock(lock: number): Promise<boolean> {
    const statement = 'select pg_try_advisory_lock($1) as acquired';
    const { rows } = await this.session.query<{ acquired: boolean }>(statement, [lock]);
    return rows[0]!.acquired;
  }
}

/** Connects to the cluster's server, and starts it if it is not running. */
async function connectOrStart(cluster: PostgresCluster): Promise<Client> {
  let deadlineMs = Date.now() + START_TIMEOUT_MS;
  let hasStarted = false;
  for (;;) {
    try {
      return await connect(cluster);
    } catch (error) {
      const code = error instanceof DatabaseError ? (error.code ?? '') : '';
      // Recovering or shutting down may take long, but it does end.
      if (code === CANNOT_CONNECT_NOW) deadlineMs = Date.now() + START_TIMEOUT_MS;
      if (INVALID_LOGIN.test(code) || Date.now() > deadlineMs) {
        if (hasStarted) await cluster.stop();
        throw new Error(explain(error as Error, cluster), { cause: error });
      }
    }
    hasStarted = (await startUnlessInUse(cluster)) || hasStarted;
  }
}

/** Says why there is no connection to a server that is running, since its lock is held. */
function explain({ message }: Error, { path }: PostgresCluster): string {
  return `PostgreSQL is running on ${path}, perhaps in another container, but it cannot be used: ${message}`;
}

/** Returns whether it has started the server. Otherwise another process has, and connecting is worth another attempt. */
async function startUnlessInUse(cluster: PostgresCluster): Promise<boolean> {
  try {
    await cluster.start();
    return true;
  } catch (error) {
    if (!(error instanceof ClusterInUseError))
      throw new Error(`The embedded PostgreSQL does not start: ${(error as Error).message}`, { cause: error });
    await sleep(RETRY_MS);
    return false;
  }
}

/** Connects to the cluster's server and acquires the shared lock of its users. */
async function connect({ url }: PostgresCluster): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECTION_TIMEOUT_MS });
  // Without a listener, losing the connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [USER_LOCK]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
