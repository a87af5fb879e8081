/** The server that the benchmarks over HTTP load. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import jsonwebtoken from 'jsonwebtoken';

const SECRET = 'a secret of at least 32 bytes for benchmarks';

/** Returns the header of a client that may read an organization. */
export function authorizationFor(organization) {
  const claims = { sub: 'bench', org_id: organization, scope: 'reports:read' };
  return `Bearer ${jsonwebtoken.sign(claims, SECRET, { expiresIn: '1h' })}`;
}

/**
 * Runs the server in a separate process, since this one generates the load.
 *
 * @param settings additional settings of the server
 */
export async function withServer(url, settings, work) {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, JWT_SECRET: SECRET, PORT: '0', ...settings };
  const child = fork(join(import.meta.dirname, 'http.process.mjs'), { env, silent: true });
  // The output of the server is shown only if it fails.
  let printed = '';
  child.stderr.on('data', (data) => (printed = `${printed}${data}`.slice(-2_000)));
  child.stdout.resume();
  const exit = once(child, 'exit');
  const failure = exit.then(() => Promise.reject(new Error(`the server exited: ${printed}`)));
  failure.catch(() => undefined);
  try {
    const [address] = await Promise.race([once(child, 'message'), failure]);
    return await work(address, child);
  } finally {
    if (child.connected) child.send('stop');
    await exit;
  }
}
