import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The operating system account that runs the embedded database. */
export interface Account {
  uid: number;
  gid: number;
}

/** Where the embedded database stores its files, and the account that runs it. */
export interface DataDirectory {
  /** Without symbolic links, so that all processes use the same path. */
  path: string;
  /** Set if this process runs as root, since PostgreSQL refuses to run as root. */
  runAs?: Account;
  /** Whether this is not the requested directory. */
  isFallback?: boolean;
}

/** Where root's data directories are created if the database's account has no access to the requested ones. */
const ROOT_FALLBACK = '/var/lib/chat-reports';

/**
 * Creates the data directory if it does not exist. If this process runs as root and other accounts have no access to
 * the requested directory or a parent of it, a directory in `/var/lib/chat-reports` takes its place.
 *
 * @throws Error if there is something else in its place, or if it cannot be created
 */
export function makeDataDirectory(setting: string): DataDirectory {
  const requested = resolve(setting);
  const obstacle = nearestExisting(requested);
  if (!statSync(obstacle).isDirectory()) throw new Error(`${EXPECTED}: ${obstacle} is something else`);
  try {
    return makeDirectory(requested);
  } catch (error) {
    throw new Error(`${EXPECTED}: ${(error as Error).message}`, { cause: error });
  }
}

const EXPECTED = 'DATA_DIR must be a directory, or a path at which one can be created';

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function makeDirectory(requested: string): DataDirectory {
  if (process.getuid?.() !== 0) {
    mkdirSync(requested, { recursive: true, mode: 0o700 });
    return { path: realpathSync(requested) };
  }
  mkdirSync(dirname(requested), { recursive: true });
  const existing = realpathSync(existsSync(requested) ? requested : dirname(requested));
  const path = isAccessibleToOthers(existing) ? requested : join(ROOT_FALLBACK, fallbackName(requested));
  if (path !== requested) makeTraversable(ROOT_FALLBACK);
  makeTraversable(path);
  return { path: realpathSync(path), runAs: unprivilegedAccount(), isFallback: path !== requested };
}

/**
 * Returns where a copy of PostgreSQL's programs is kept for the account. `initdb` runs another program through a shell,
 * to which some characters of a path are special.
 */
export function programDirectoryOf({ path }: DataDirectory): string {
  if (!/["$`\\\n]/.test(path)) return path;
  makeTraversable(ROOT_FALLBACK);
  return ROOT_FALLBACK;
}

/**
 * Creates a directory that the account can traverse to its own subdirectory, but not list. Root owns the secrets in it.
 */
function makeTraversable(directory: string): void {
  if (existsSync(directory)) return;
  mkdirSync(directory);
  chmodSync(directory, 0o711);
}

function isAccessibleToOthers(path: string): boolean {
  return (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || isAccessibleToOthers(dirname(path)));
}

function fallbackName(path: string): string {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${basename(dirname(path))}-${basename(path)}-${hash}`;
}

function unprivilegedAccount(): Account {
  const idOf = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
