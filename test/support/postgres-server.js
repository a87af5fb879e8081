const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { chmodSync, chownSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * If this process runs as root, the account that runs PostgreSQL, which refuses to run as root; otherwise empty.
 */
function postgresAccount() {
  return process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
}

function idOf(option) {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
}

/** Makes a folder in which PostgreSQL can keep its files. Others may read it. */
function makePostgresFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `chat-reports-${name}-`));
  chmodSync(folder, 0o755);
  const { uid, gid } = postgresAccount();
  if (uid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

/** A PostgreSQL server of its own, whose superuser needs no password. */
class PostgresServer {
  /**
   * Makes and starts a server.
   *
   * @param programs the folder of its programs
   * @param folder one of `makePostgresFolder`, which is removed when the server stops
   * @param settings lines of its postgresql.conf, with the port
   */
  static async start(programs, folder, settings) {
    const options = { ...postgresAccount(), cwd: folder };
    const data = join(folder, 'data');
    const initialize = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'];
    execFileSync(join(programs, 'initdb'), initialize, { ...options, stdio: 'pipe' });
    const all = Object.entries({ unix_socket_directories: folder, ...settings });
    const parameters = ['-D', data, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = spawn(join(programs, 'postgres'), parameters, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const server = new PostgresServer(child, folder);
    await server.#untilReady();
    return server;
  }

  constructor(child, folder) {
    this.child = child;
    this.folder = folder;
  }

  async stop() {
    this.child.kill('SIGINT');
    if (this.child.exitCode === null) await once(this.child, 'exit');
    rmSync(this.folder, { recursive: true });
  }

  async #untilReady() {
    let output = '';
    for await (const data of this.child.stderr.iterator({ destroyOnReturn: false })) {
      output += String(data);
      if (!output.includes('ready to accept connections')) continue;
      // A full pipe would stop the server.
      this.child.stderr.resume();
      return;
    }
    throw new Error(`PostgreSQL does not start: ${output}`);
  }
}

module.exports = { makePostgresFolder, postgresAccount, PostgresServer };
