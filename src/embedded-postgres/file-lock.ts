import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/**
 * Programs that lock the file at their standard input, or exit with code 1 if it is locked. Node.js has no function for
 * this. The first is on nearly every Linux, the second on macOS and many Linux systems.
 */
const LOCKERS = [
  ['flock', '-n', '0'],
  ['perl', '-MFcntl=:flock', '-e', 'exit !flock(STDIN, LOCK_EX | LOCK_NB)'],
] as const;

const IS_LOCKED = 1;

/**
 * An exclusive lock on a file, for all processes that share the file, whatever container they are in. It belongs to the
 * open file, so a process that inherits the descriptor holds it too. The kernel releases it when the last of its holders
 * has closed the file or died.
 */
export class FileLock {
  private constructor(readonly descriptor: number) {}

  /**
   * Locks a file, which is created if it does not exist. Returns undefined if another process holds the lock.
   *
   * @throws Error if this machine has no program that can lock a file
   */
  static async tryAcquire(file: string): Promise<FileLock | undefined> {
    const descriptor = openSync(file, 'a', 0o600);
    try {
      const code = await lock(descriptor);
      if (code === 0) return new FileLock(descriptor);
      if (code !== IS_LOCKED) throw new Error(`${file} cannot be locked`);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    closeSync(descriptor);
    return undefined;
  }

  /** Closes the file in this process, which releases the lock unless another process has inherited it. */
  close(): void {
    closeSync(this.descriptor);
  }
}

/** Returns the exit code of the first program that exists. */
async function lock(descriptor: number): Promise<number | null> {
  for (const [program, ...args] of LOCKERS) {
    const locker = spawn(program, args, { stdio: [descriptor, 'ignore', 'ignore'] });
    try {
      const [code] = (await once(locker, 'exit')) as [number | null];
      return code;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('it needs the program flock or perl to lock its files; install one, or set DATABASE_URL');
}
