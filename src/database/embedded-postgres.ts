import { createServer, type AddressInfo } from 'node:net';
import { existsSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataDirectory } from './data-directory';
import type { OpenDatabase } from './open-database';
import { PostgresPrograms } from './postgres-programs';
import { readOrCreateSecret } from './secret-file';

const USER = 'chat_reports';

/** Time to try again when PostgreSQL does not start at once, as after a crash whose last processes are still ending. */
const START_TIMEOUT_MS = 20_000;

/** Time in which PostgreSQL may recover from a crash. */
const RECOVERY_TIMEOUT_SECONDS = '300';

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
export class EmbeddedPostgres implements OpenDatabase {
  private closing?: Promise<void>;

  private constructor(
    private readonly programs: PostgresPrograms,
    private readonly cluster: string,
    private readonly session: Client,
    readonly url: string,
  ) {}

  static async open(directory: DataDirectory): Promise<EmbeddedPostgres> {
    const programs = await PostgresPrograms.find(directory);
    const cluster = join(directory.path, 'postgres');
    const password = await readOrCreateSecret(join(directory.path, 'postgres-password'));
    if (!existsSync(cluster)) await initialize(programs, cluster, password);

    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const session = await connect(cluster, password);
      if (session) {
        const url = `postgres://${USER}:${password}@127.0.0.1:${session.port}/postgres`;
        return new EmbeddedPostgres(programs, cluster, session, url);
      }
      try {
        await start(programs, cluster);
      } catch (error) {
        if (Date.now() > deadline) throw new Error(`The embedded PostgreSQL does not start: ${reason(cluster, error)}`);
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
      if (await this.tryLock(USER_LOCK)) {
        await this.programs.run('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', this.cluster);
      }
    } finally {
      await this.session.end().catch(() => undefined);
    }
  }

  private async tryLock(lock: number): Promise<boolean> {
    const { rows } = await this.session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock]);
    return rows[0]!.taken;
  }
}

/** Makes the cluster under another name first, so that a crash leaves none behind that is half made. */
async function initialize(programs: PostgresPrograms, cluster: string, password: string): Promise<void> {
  const draft = `${cluster}.${process.pid}`;
  const passwordFile = `${draft}.password`;
  try {
    programs.makeFolder(draft);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    programs.handOver(passwordFile);
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'];
    await programs.run(
      'initdb',
      `--pgdata=${draft}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...settings.map((setting) => `--set=${setting}`),
    );
    // Fails if another process was faster, whose cluster is as good.
    if (!existsSync(cluster)) renameSync(draft, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Connects to the server that runs on this cluster, as one of its users. Returns undefined if there is none. */
async function connect(cluster: string, password: string): Promise<Client | undefined> {
  const port = readLockFile(cluster)?.port;
  if (!port) return undefined;
  const client = new Client({ host: '127.0.0.1', port, user: USER, password, database: 'postgres' });
  // Without a listener, losing the connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster: string }>(
      `select current_setting('data_directory') as cluster, pg_advisory_lock_shared($1)`,
      [USER_LOCK],
    );
    // A copy of a data directory names the server of the original.
    if (rows[0]!.cluster === cluster) return client;
  } catch {
    // Not there, not ready, about to stop, or somebody else's.
  }
  await client.end().catch(() => undefined);
  return undefined;
}

async function start(programs: PostgresPrograms, cluster: string): Promise<void> {
  removeStaleLockFile(cluster);
  const options = ['-w', '-t', RECOVERY_TIMEOUT_SECONDS, '-D', cluster, '-l', logFile(cluster)];
  await programs.run('pg_ctl', 'start', ...options, '-o', `-p ${await freePort()}`);
}

/**
 * PostgreSQL removes the lock file of a server that has crashed, unless its process id has gone to another process
 * since. A server always works in its data directory; where that cannot be seen, PostgreSQL decides.
 */
function removeStaleLockFile(cluster: string): void {
  const pid = readLockFile(cluster)?.pid;
  if (!pid) return;
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) !== cluster) rmSync(lockFile(cluster), { force: true });
  } catch {
    return;
  }
}

function lockFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function logFile(cluster: string): string {
  return join(cluster, 'server.log');
}

function readLockFile(cluster: string): { pid: number; port: number } | undefined {
  if (!existsSync(lockFile(cluster))) return undefined;
  // https://www.postgresql.org/docs/current/storage-file-layout.html: process, directory, start, port, …
  const lines = readFileSync(lockFile(cluster), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** What PostgreSQL itself says last about its failure to start. */
function reason(cluster: string, error: unknown): string {
  const log = existsSync(logFile(cluster)) ? readFileSync(logFile(cluster), 'utf8') : '';
  return /.*(?:FATAL|PANIC): +(.*)$/m.exec(log.split('\n').reverse().join('\n'))?.[1] ?? String(error);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
