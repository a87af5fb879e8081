import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Files that a process creates under a temporary name, which contains its process ID, before it renames them. */
const DRAFT = /^(?:postgres|postgres-password|jwt-secret)\.(\d+)(?:\.(?:password|programs))?$/;

/** Removes the drafts of processes that were killed from a data directory. */
export function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = Number(DRAFT.exec(name)?.[1]);
    // In a container, this process may have the same ID as the one that was killed.
    if (pid === process.pid || (pid && !isRunning(pid)))
      rmSync(join(directory, name), { recursive: true, force: true });
  }
}

/** Whether there is a process with this ID in this container. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
