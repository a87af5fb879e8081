import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataDirectory } from './data-directory';
import { PostgresCluster, PostgresStartError, USER } from './postgres-cluster';

/** Time to try again when PostgreSQL does not start at once. */
const START_TIMEOUT_MS = 20_000;
const RETRY_MS = 200;

/** Advisory locks: held by every process that uses the database, and by the one that serves it. */
const USER_LOCK = 4_715_002;
const SERVER_LOCK = 4_715_003;

/**
 * A PostgreSQL server of this project's own, on loopback, in a data directory.
 *
 * Several processes may use it at once, a server and some commands. The first starts PostgreSQL and the last stops it.
 * Each holds an advisory lock, which ends with its connection however the process dies, so there is nothing to clean up
 * after a crash: whoever comes next finds PostgreSQL running and uses it, or starts it. If PostgreSQL itself dies, those
 * who are using it start it again.
 */
export class EmbeddedPostgres {
  private closing?: Promise<void>;
  private readonly hurry = new AbortController();
  private comingBack?: Promise<void>;
  private isServer = false;

  private constructor(
    private readonly cluster: PostgresCluster,
    private session: Client,
  ) {
    this.returnWhenLost();
  }

  static async open(directory: DataDirectory): Promise<EmbeddedPostgres> {
    const cluster = await PostgresCluster.open(directory);
    return new EmbeddedPostgres(cluster, await enterOrStart(cluster));
  }

  get url(): string {
    return `postgres://${USER}:${this.cluster.password}@127.0.0.1:${this.session.port}/postgres`;
  }

  /** Takes the role of the one server on this data directory. Returns false if another process has it. */
  async becomeServer(): Promise<boolean> {
    return (this.isServer = await this.tryLock(SERVER_LOCK));
  }

  /** Leaves the database, and stops it if no other process uses it. */
  async close(): Promise<void> {
    this.closing ??= this.leave();
    // Whoever waits to try again need not.
    this.hurry.abort();
    return this.closing;
  }

  private async leave(): Promise<void> {
    await this.comingBack;
    try {
      await this.session.query('select pg_advisory_unlock_shared($1)', [USER_LOCK]);
      if (await this.tryLock(USER_LOCK)) await this.cluster.stop();
    } catch {
      // PostgreSQL is gone already.
    } finally {
      await this.session.end().catch(() => undefined);
    }
  }

  /** Enters again when the session ends by itself, which means that PostgreSQL has crashed. */
  private returnWhenLost(): void {
    this.session.once('end', () => {
      this.comingBack = this.comeBack();
    });
  }

  private async comeBack(): Promise<void> {
    while (this.closing === undefined) {
      try {
        this.session = await enterOrStart(this.cluster);
        if (this.isServer) await this.tryLock(SERVER_LOCK);
        return this.returnWhenLost();
      } catch (error) {
        console.error(`error: ${(error as Error).message}`);
        await sleep(START_TIMEOUT_MS, undefined, { signal: this.hurry.signal }).catch(() => undefined);
      }
    }
  }

  private async tryLock(lock: number): Promise<boolean> {
    const { rows } = await this.session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock]);
    return rows[0]!.taken;
  }
}

/** Becomes a user of the server on the cluster, which is started if it is not running. */
async function enterOrStart(cluster: PostgresCluster): Promise<Client> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const session = await enter(cluster);
    if (session) return session;
    try {
      await cluster.start();
    } catch (error) {
      const mayStart = error instanceof PostgresStartError && error.isTransient && Date.now() < deadline;
      if (!mayStart)
        throw new Error(`The embedded PostgreSQL does not start: ${(error as Error).message}`, { cause: error });
      await sleep(RETRY_MS);
    }
  }
}

/** Becomes a user of the server that runs on the cluster. Returns undefined if there is none. */
async function enter({ port, path, password }: PostgresCluster): Promise<Client | undefined> {
  if (!port) return undefined;
  const client = new Client({ host: '127.0.0.1', port, user: USER, password, database: 'postgres' });
  // Without a listener, losing the connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ path: string }>(
      `select current_setting('data_directory') as path, pg_advisory_lock_shared($1)`,
      [USER_LOCK],
    );
    // A copy of a data directory names the server of the original.
    if (rows[0]!.path === path) return client;
  } catch {
    // Not there, not ready, about to stop, or somebody else's.
  }
  await client.end().catch(() => undefined);
  return undefined;
}
