import { once } from 'node:events';
import { existsSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DataDirectory } from './data-directory';
import { PostgresPrograms } from './postgres-programs';

/** The only account of the embedded PostgreSQL. */
export const USER = 'chat_reports';

/** Time in which PostgreSQL may recover from a crash. */
const RECOVERY_TIMEOUT_SECONDS = '300';

/** The files of one PostgreSQL server, which it makes, starts and stops. */
export class PostgresCluster {
  readonly path: string;
  private readonly lockFile: string;
  private readonly logFile: string;

  private constructor(
    directory: DataDirectory,
    private readonly programs: PostgresPrograms,
  ) {
    this.path = join(directory.path, 'postgres');
    this.lockFile = join(this.path, 'postmaster.pid');
    this.logFile = join(this.path, 'server.log');
  }

  /** Finds the cluster in a data directory, or makes an empty one that lets in who knows the password. */
  static async open(directory: DataDirectory, password: string): Promise<PostgresCluster> {
    const cluster = new PostgresCluster(directory, await PostgresPrograms.find(directory));
    if (!existsSync(cluster.path)) await cluster.initialize(password);
    return cluster;
  }

  /** The port of the server that runs on these files, or of one that has crashed. */
  get port(): number | undefined {
    return this.readLockFile()?.port;
  }

  /** Starts the server on a free port of loopback. Returns when it takes connections. */
  async start(): Promise<void> {
    this.removeStaleLockFile();
    const options = ['-w', '-t', RECOVERY_TIMEOUT_SECONDS, '-D', this.path, '-l', this.logFile];
    await this.programs.run('pg_ctl', 'start', ...options, '-o', `-p ${await freePort()}`);
  }

  /** Disconnects everyone and stops the server. Returns when it has ended. */
  async stop(): Promise<void> {
    await this.programs.run('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', this.path);
  }

  /** What PostgreSQL itself said last about a failure. */
  get lastFailure(): string | undefined {
    const log = existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
    return [...log.matchAll(/(?:FATAL|PANIC): +(.*)$/gm)].at(-1)?.[1];
  }

  /** Makes the cluster under another name first, so that a crash leaves none behind that is half made. */
  private async initialize(password: string): Promise<void> {
    const draft = `${this.path}.${process.pid}`;
    const passwordFile = `${draft}.password`;
    try {
      this.programs.makeFolder(draft);
      writeFileSync(passwordFile, password, { mode: 0o600 });
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

  /** https://www.postgresql.org/docs/current/storage-file-layout.html: process, directory, start, port, … */
  private readLockFile(): { pid: number; port: number } | undefined {
    if (!existsSync(this.lockFile)) return undefined;
    const [pid, , , port] = readFileSync(this.lockFile, 'utf8').split('\n');
    return { pid: Number(pid), port: Number(port) };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
