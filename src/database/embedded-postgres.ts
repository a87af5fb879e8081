import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataDirectory } from './data-directory';
import { PostgresCluster, USER } from './postgres-cluster';
import { readOrCreateSecret } from './secret-file';

/** Time to try again when PostgreSQL does not start at once, as after a crash whose last processes are still ending. */
const START_TIMEOUT_MS = 20_000;

/** Advisory locks: held by every process that uses the database, and by the one that serves it. */
const USER_LOCK = 4_715_002;
const SERVER_LOCK = 4_715_003;

/**
 * A PostgreSQL server of this project's own, on loopback, in a data directory.
 *
 * Several processes may use it at once, a server and some commands. The first starts PostgreSQL and the last stops it.
 * Each holds an advisory lock, which ends with its connection however the process dies, so there is nothing to clean up
 * after a crash: whoever comes next finds PostgreSQL running and uses it, or starts it.
 */
export class EmbeddedPostgres {
  private closing?: Promise<void>;

  private constructor(
    private readonly cluster: PostgresCluster,
    private readonly session: Client,
    readonly url: string,
  ) {}

  static async open(directory: DataDirectory): Promise<EmbeddedPostgres> {
    const password = await readOrCreateSecret(join(directory.path, 'postgres-password'));
    const cluster = await PostgresCluster.open(directory, password);
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const session = await enter(cluster, password);
      if (session) {
        return new EmbeddedPostgres(
          cluster,
          session,
          `postgres://${USER}:${password}@127.0.0.1:${session.port}/postgres`,
        );
      }
      try {
        await cluster.start();
      } catch (error) {
        if (Date.now() > deadline) {
          const reason = cluster.lastFailure ?? String(error);
          throw new Error(`The embedded PostgreSQL does not start: ${reason}`, { cause: error });
        }
        await sleep(200);
      }
    }
  }

  /** Takes the role of the one server on this data directory. Returns false if another process has it. */
  async becomeServer(): Promise<boolean> {
    return this.tryLock(SERVER_LOCK);
  }

  /** Leaves the database, and stops it if no other process uses it. */
  async close(): Promise<void> {
    return (this.closing ??= this.leave());
  }

  private async leave(): Promise<void> {
    try {
      await this.session.query('select pg_advisory_unlock_shared($1)', [USER_LOCK]);
      if (await this.tryLock(USER_LOCK)) await this.cluster.stop();
    } finally {
      await this.session.end().catch(() => undefined);
    }
  }

  private async tryLock(lock: number): Promise<boolean> {
    const { rows } = await this.session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock]);
    return rows[0]!.taken;
  }
}

/** Becomes a user of the server that runs on the cluster. Returns undefined if there is none. */
async function enter({ port, path }: PostgresCluster, password: string): Promise<Client | undefined> {
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
