import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const PROJECT = join(import.meta.dirname, '../..');

/** Runs a program and returns what it prints. Its error has that, too. */
export async function run(cwd, program, args, env = {}) {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
  const { stdout } = await promisify(execFile)(program, args, options);
  return stdout;
}
