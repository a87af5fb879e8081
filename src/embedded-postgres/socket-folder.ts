import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataDirectory } from './data-directory';

/** Only part of the socket's name, since PostgreSQL listens on no other. */
export const PORT = 5432;

/** Linux has room for 107 bytes, macOS for 103. */
const MAXIMUM_PATH_BYTES = 103;

/** Not TMPDIR, because processes that share a database must look in the same place. */
const SHORT_PARENT = '/tmp';

/**
 * Returns the folder of the socket that PostgreSQL listens on. Only its account can reach it: the folder is that of the
 * cluster or, if the path of a socket in it would be too long, one in `/tmp`, which is created if it does not exist.
 *
 * @param cluster PostgreSQL's data directory
 * @throws Error if the folder in `/tmp` belongs to another account
 */
export function socketFolderOf(cluster: string, { runAs }: DataDirectory): string {
  if (Buffer.byteLength(`${cluster}/.s.PGSQL.${PORT}`) <= MAXIMUM_PATH_BYTES) return cluster;
  const folder = join(SHORT_PARENT, `chat-reports-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`);
  mkdirUnlessThere(folder);
  const status = lstatSync(folder);
  const owners = [process.getuid!(), runAs?.uid];
  // Nobody but its owner can replace a folder in /tmp.
  if (!status.isDirectory() || !owners.includes(status.uid) || (status.mode & 0o077) !== 0) {
    throw new Error(
      `${folder} must be a folder that belongs to the account of the database and has mode 0700: remove it`,
    );
  }
  if (runAs) chownSync(folder, runAs.uid, runAs.gid);
  return folder;
}

function mkdirUnlessThere(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
