import { existsSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { DataDirectory } from './data-directory';
import { freePort } from './free-port';
import { PostgresPrograms } from './postgres-programs';
import { readOrCreateSecret } from './secret-file';

/** The only account of the embedded PostgreSQL. */
export const USER = 'chat_reports';

/** Time in which PostgreSQL may recover from a crash. */
const RECOVERY_TIMEOUT_SECONDS = '300';

/** What PostgreSQL keeps of its files in memory: its own default, and what tens of millions of messages need. */
const [LEAST_SHARED_BUFFERS_MB, MOST_SHARED_BUFFERS_MB] = [128, 1024];

/** PostgreSQL does not start. */
export class PostgresStartError extends Error {
  /**
   * Whether it may start a moment later: another process is about to start it, or its last processes are still ending,
   * and say so in the same log.
   */
  get isTransient(): boolean {
    return /lock file|shared memory|unexpected postmaster exit/.test(this.message);
  }
}

/** The files of one PostgreSQL server, which it makes, starts and stops. */
export class PostgresCluster {
  readonly path: string;
  /** Of the account `USER`. */
  password = '';
  private readonly lockFile: string;
  private readonly logFile: string;
  private readonly portFile: string;

  private constructor(
    directory: DataDirectory,
    private readonly programs: PostgresPrograms,
  ) {
    this.path = join(directory.path, 'postgres');
    this.lockFile = join(this.path, 'postmaster.pid');
    this.logFile = join(this.path, 'server.log');
    this.portFile = join(directory.path, 'postgres-port');
  }

  /** Finds the cluster in a data directory, or makes an empty one. */
  static async open(directory: DataDirectory): Promise<PostgresCluster> {
    const cluster = new PostgresCluster(directory, await PostgresPrograms.find(directory));
    const passwordFile = join(directory.path, 'postgres-password');
    const isNew = !existsSync(cluster.path);
    if (!isNew && !existsSync(passwordFile)) {
      throw new Error(`${passwordFile} is missing, without which its database is closed`);
    }
    cluster.password = await readOrCreateSecret(passwordFile);
    if (isNew) await cluster.initialize();
    return cluster;
  }

  /** The port of the server that runs on these files, or of one that has crashed. */
  get port(): number | undefined {
    return this.readLockFile()?.port;
  }

  /**
   * Starts the server on loopback, on the same port as before where that is free. Returns when it takes connections.
   *
   * @throws PostgresStartError with what PostgreSQL says is wrong
   */
  async start(): Promise<void> {
    this.removeStaleLockFile();
    const port = await this.choosePort();
    const logged = this.readLog().length;
    const options = ['-w', '-t', RECOVERY_TIMEOUT_SECONDS, '-D', this.path, '-l', this.logFile];
    try {
      const settings = `-p ${port} -c shared_buffers=${sharedBuffersMb()}MB`;
      await this.programs.run('pg_ctl', 'start', ...options, '-o', settings);
    } catch (error) {
      const added = this.readLog().slice(logged);
      const reasons = [...added.matchAll(/(?:FATAL|PANIC): +(.*)$/gm)];
      throw new PostgresStartError(reasons.at(-1)?.[1] ?? (error as Error).message);
    }
  }

  /** Disconnects everyone and stops the server. Returns when it has ended. */
  async stop(): Promise<void> {
    await this.programs.run('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', this.path);
  }

  /** Makes the cluster under another name first, so that a crash leaves none behind that is half made. */
  private async initialize(): Promise<void> {
    const draft = `${this.path}.${process.pid}`;
    const passwordFile = `${draft}.password`;
    try {
      this.programs.makeFolder(draft);
      writeFileSync(passwordFile, this.password, { mode: 0o600 });
      this.programs.handOver(passwordFile);
      const identity = [`--pgdata=${draft}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
      const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'];
      const options = ['--encoding=UTF8', '--locale=C', ...settings.map((setting) => `--set=${setting}`)];
      await this.programs.run('initdb', ...identity, ...options);
      // Another process may have been faster, and its cluster is as good.
      if (!existsSync(this.path)) renameSync(draft, this.path);
    } finally {
      rmSync(passwordFile, { force: true });
      rmSync(draft, { recursive: true, force: true });
    }
  }

  /**
   * PostgreSQL removes the lock file of a server that has crashed, unless its process id has gone to another process
   * since. A server always works in its data directory; where that cannot be seen, PostgreSQL decides.
   */
  private removeStaleLockFile(): void {
    const pid = this.readLockFile()?.pid;
    if (pid === undefined) return;
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) !== this.path) rmSync(this.lockFile, { force: true });
    } catch {
      return;
    }
  }

  private readLog(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  /** Those who are connected find the server again if it comes back on the port that it had. */
  private async choosePort(): Promise<number> {
    const before = existsSync(this.portFile) ? Number(readFileSync(this.portFile, 'utf8')) : 0;
    const port = (await freePort(before)) ?? (await freePort(0))!;
    writeFileSync(this.portFile, String(port));
    return port;
  }

  /** https://www.postgresql.org/docs/current/storage-file-layout.html: process, directory, start, port, … */
  private readLockFile(): { pid: number; port: number } | undefined {
    if (!existsSync(this.lockFile)) return undefined;
    const [pid, , , port] = readFileSync(this.lockFile, 'utf8').split('\n');
    return { pid: Number(pid), port: Number(port) };
  }
}

/**
 * A quarter of the memory, as PostgreSQL recommends, so that what a report touches of millions of messages stays there. It
 * is taken as it is used.
 */
function sharedBuffersMb(): number {
  const memoryMb = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20;
  return Math.round(Math.min(Math.max(memoryMb / 4, LEAST_SHARED_BUFFERS_MB), MOST_SHARED_BUFFERS_MB));
}
