import { once } from 'node:events';
import { existsSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataDirectory } from './data-directory';
import { FileLock } from './file-lock';
import { isRunning, removeLeftovers } from './leftovers';
import { PostgresLog } from './postgres-log';
import { PostgresPrograms } from './postgres-programs';
import { startOptions } from './postgres-settings';
import { readOrCreateSecret } from './secret-file';
import { PORT, socketFolderOf } from './socket-folder';

/** The only role of the embedded PostgreSQL. */
export const USER = 'chat_reports';

/** The pause between two checks of a server that is starting or stopping, as in pg_ctl. */
const POLL_MS = 100;

/** How often to say that a server is still starting, which takes long if it recovers from a crash. */
const PROGRESS_MS = 10_000;

/** Another process holds the lock on the data directory: PostgreSQL is running, or that process is starting it. */
export class ClusterInUseError extends Error {}

/** A PostgreSQL database cluster: the files of one server, which this class creates, starts and stops. */
export class PostgresCluster {
  /** PostgreSQL's data directory. */
  readonly path: string;
  /** Password of the role `USER`. */
  password = '';
  /** Folder of the socket that the server listens on. */
  readonly socketFolder: string;
  private readonly pidFile: string;
  private isNew = false;

  private constructor(
    private readonly directory: DataDirectory,
    private readonly programs: PostgresPrograms,
  ) {
    this.path = join(directory.path, 'postgres');
    this.pidFile = join(this.path, 'postmaster.pid');
    this.socketFolder = socketFolderOf(this.path, directory);
  }

  /**
   * Opens the cluster in a data directory. If there is none, the first start creates it.
   *
   * @throws Error if PostgreSQL is not installed, or if the password of an existing cluster is missing
   */
  static async open(directory: DataDirectory): Promise<PostgresCluster> {
    const cluster = new PostgresCluster(directory, await PostgresPrograms.find(directory));
    const passwordFile = join(directory.path, 'postgres-password');
    cluster.isNew = !existsSync(cluster.path);
    if (!cluster.isNew && !existsSync(passwordFile)) {
      throw new Error(`${passwordFile} is missing: the database cannot be opened without it`);
    }
    cluster.password = await readOrCreateSecret(passwordFile);
    return cluster;
  }

  /** Connection URL, including the password. It stays the same when the server is started again. */
  get url(): string {
    return `postgres://${USER}:${this.password}@${encodeURIComponent(this.socketFolder)}:${PORT}/postgres?sslmode=disable`;
  }

  /**
   * Starts the server. Resolves once it accepts connections. The server holds a lock on the data directory as long as one
   * of its processes lives, and only a process that has the lock may change the files.
   *
   * @throws ClusterInUseError if another process holds the lock
   * @throws Error with the reason from PostgreSQL's log
   */
  async start(): Promise<void> {
    const lock = await FileLock.tryAcquire(join(this.directory.path, 'postgres.lock'));
    if (lock === undefined) throw new ClusterInUseError();
    try {
      removeLeftovers(this.directory.path);
      if (this.isNew && !existsSync(this.path)) await this.initialize();
      this.isNew = false;
      this.checkVersion();
      await this.launch(lock);
    } finally {
      lock.close();
    }
  }

  /**
   * Disconnects all clients and stops the server. Resolves once it has shut down. Does not wait for the end of the next
   * server, which another process may start at any moment. A server in another container is left running.
   */
  async stop(): Promise<void> {
    const pid = this.readPid();
    if (!this.isServer(pid)) return;
    process.kill(pid, 'SIGINT');
    while (this.readPid() === pid && isRunning(pid)) await sleep(POLL_MS);
  }

  /** Creates the cluster under a temporary name first, so that a crash cannot leave an incomplete one behind. */
  private async initialize(): Promise<void> {
    checkAccount();
    const draft = `${this.path}.${process.pid}`;
    const passwordFile = `${draft}.password`;
    try {
      this.programs.makeDirectory(draft);
      writeFileSync(passwordFile, this.password, { mode: 0o600 });
      this.programs.handOver(passwordFile);
      const identity = [`--pgdata=${draft}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
      const settings = ['timezone=UTC', 'log_timezone=UTC'].map((setting) => `--set=${setting}`);
      await this.programs.run('initdb', [...identity, '--encoding=UTF8', '--locale=C', ...settings]);
      renameSync(draft, this.path);
    } finally {
      rmSync(passwordFile, { force: true });
      rmSync(draft, { recursive: true, force: true });
    }
  }

  /** @throws Error if the files are missing, or those of another major version */
  private checkVersion(): void {
    const found = readIfExists(join(this.path, 'PG_VERSION')).trim();
    const installed = this.programs.version.split('.')[0]!;
    if (found === '') throw new Error(`${this.path} is missing or is not a database`);
    if (found !== installed) {
      const how = 'export the messages with the version that created it, and import them into a new one';
      throw new Error(`${this.path} is a database of PostgreSQL ${found}, and ${installed} is installed: ${how}`);
    }
  }

  /**
   * Requires the lock, which proves that there is no server, whatever process now has the ID in one of its lock files.
   */
  private async launch(lock: FileLock): Promise<void> {
    rmSync(this.pidFile, { force: true });
    rmSync(join(this.socketFolder, `.s.PGSQL.${PORT}.lock`), { force: true });
    const log = new PostgresLog(join(this.path, 'server.log'), this.directory.runAs);
    try {
      const { descriptor } = log;
      const server = this.programs.spawn('postgres', startOptions(this.path, this.socketFolder), [
        'ignore',
        descriptor,
        descriptor,
        lock.descriptor,
      ]);
      await once(server, 'spawn');
      server.unref();
      for (let waitedMs = POLL_MS; !this.isReady(server.pid); waitedMs += POLL_MS) {
        if (server.exitCode !== null || server.signalCode !== null) {
          throw new Error(log.reason ?? `postgres ended with ${server.signalCode ?? `code ${server.exitCode}`}`);
        }
        await sleep(POLL_MS);
        if (waitedMs % PROGRESS_MS === 0) console.error(`PostgreSQL is starting: ${log.progress ?? 'no message yet'}`);
      }
    } finally {
      log.close();
    }
  }

  /**
   * The lines are process ID, data directory, start time, port, socket folder, address, shared memory, status.
   * https://www.postgresql.org/docs/current/storage-file-layout.html
   */
  private isReady(server: number | undefined): boolean {
    const [pid, , , , , , , status] = readIfExists(this.pidFile).split('\n');
    return Number(pid) === server && /^(ready|standby)\b/.test(status ?? '');
  }

  private readPid(): number {
    return Number(readIfExists(this.pidFile).split('\n')[0]);
  }

  /**
   * The ID of a server in another container may be that of any process here. A server's working directory is its data
   * directory; systems without `/proc` have no containers either.
   */
  private isServer(pid: number): boolean {
    if (!pid || !isRunning(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === this.path;
    } catch {
      return !existsSync('/proc/self');
    }
  }
}

/** `initdb` looks up the name of its own account, which a container with an arbitrary user ID lacks. */
function checkAccount(): void {
  try {
    userInfo();
  } catch {
    throw new Error(
      `no account has the user ID ${process.getuid!()}, and initdb needs one: add it to /etc/passwd, run the server as another user, or set DATABASE_URL`,
    );
  }
}

/** Returns an empty text for a file that does not exist: another process may remove it at any moment. */
function readIfExists(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
