import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The account that runs the embedded database. */
export interface Account {
  uid: number;
  gid: number;
}

/** Where the embedded database keeps its files, and who runs it. */
export interface DataDirectory {
  /** Without symbolic links, so that all who use it call it the same. */
  path: string;
  /** Set when this process is root, as which PostgreSQL refuses to run. */
  runAs?: Account;
  /** Whether it is another folder than the one asked for. */
  isFallback?: boolean;
}

/** Where the files go if root asks for a folder that the database's own account cannot reach. */
const ROOT_FALLBACK = '/var/lib/chat-reports';

/**
 * Makes the data directory. It is the one asked for, unless this process is root and that folder or one above it is
 * closed to others: then it is one in `/var/lib/chat-reports` that belongs to the one asked for.
 */
export function makeDataDirectory(setting: string): DataDirectory {
  const wanted = resolve(setting);
  if (process.getuid?.() !== 0) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return { path: realpathSync(wanted) };
  }
  mkdirSync(dirname(wanted), { recursive: true });
  const nearest = realpathSync(existsSync(wanted) ? wanted : dirname(wanted));
  const path = isOpenToOthers(nearest) ? wanted : join(ROOT_FALLBACK, nameFor(wanted));
  if (path !== wanted) makePassage(ROOT_FALLBACK);
  makePassage(path);
  return { path: realpathSync(path), runAs: unprivilegedAccount(), isFallback: path !== wanted };
}

/** Makes a folder that the account can pass through to its own one inside, but not list. The secrets stay root's. */
function makePassage(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder);
  chmodSync(folder, 0o711);
}

function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || isOpenToOthers(dirname(path)));
}

function nameFor(path: string): string {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${basename(dirname(path))}-${basename(path)}-${hash}`;
}

function unprivilegedAccount(): Account {
  const idOf = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
