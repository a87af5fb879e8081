import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';

/**
 * Reads a secret from a file that only its owner can read, or creates a random one if there is none. Processes that do
 * this at the same time all get the same secret.
 */
export async function readOrCreateSecret(file: string): Promise<string> {
  const draft = `${file}.${process.pid}`;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
    // Unlike a rename, a link never replaces a file that another process has created in the meantime.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}
