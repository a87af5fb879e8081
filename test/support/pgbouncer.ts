import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { DatabaseProxy } from './proxy';

/** How long a client keeps a server connection: as long as it is connected, or until its transaction ends. */
export type PoolMode = 'session' | 'transaction';

/** A PgBouncer in front of a database, with its default settings apart from the pool mode. */
export class PgBouncer {
  private constructor(
    /** The database as it is reached through the pooler. */
    readonly url: string,
    private readonly stopping: () => Promise<void>,
  ) {}

  static async start(databaseUrl: string, mode: PoolMode): Promise<PgBouncer> {
    // A socket of the embedded database can only be reached by its owner.
    const proxy = await DatabaseProxy.open(databaseUrl);
    const folder = mkdtempSync(join(tmpdir(), 'chat-reports-pgbouncer-'));
    chmodSync(folder, 0o755);
    const port = await freePort();
    const file = join(folder, 'pgbouncer.ini');
    writeFileSync(file, configuration(new URL(proxy.url), port, mode));
    const child = spawn('pgbouncer', [file], { ...unprivileged(), cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(child, 'exit');
    let output = '';
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    await eventually(() => expect(output).toContain('process up'));
    const url = new URL(proxy.url);
    url.port = String(port);
    return new PgBouncer(url.href, async () => {
      child.kill('SIGKILL');
      await ended;
      await proxy.close();
      rmSync(folder, { recursive: true });
    });
  }

  async stop(): Promise<void> {
    await this.stopping();
  }
}

function configuration({ hostname, port, username, password }: URL, listenPort: number, mode: PoolMode): string {
  const server = { host: hostname, port, user: decodeURIComponent(username), password: decodeURIComponent(password) };
  const given = Object.entries(server).filter(([, value]) => value !== '');
  return `
[databases]
* = ${given.map(([name, value]) => `${name}=${value}`).join(' ')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
`;
}

/** PgBouncer refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: '-u' | '-g') => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
