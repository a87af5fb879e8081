import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

const { makePostgresFolder, PostgresServer } = createRequire(import.meta.url)('../../test/support/postgres-server');

/** Where Debian installs the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';

/** Returns the folder with the programs of the newest PostgreSQL of this machine that has Citus; undefined if there is none. */
export function findCitus() {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((one, other) => other - one) : [];
  const installed = versions.map((version) => join(VERSIONS, version, 'bin'));
  return [...installed, ...(process.env.PATH ?? '').split(':')].find(
    (folder) =>
      existsSync(join(folder, 'initdb')) &&
      existsSync(join(folder, 'pg_config')) &&
      existsSync(
        join(execFileSync(join(folder, 'pg_config'), ['--pkglibdir'], { encoding: 'utf8' }).trim(), 'citus.so'),
      ),
  );
}

/** A server of a cluster. */
export class CitusServer {
  /** Makes and starts a server, with lines for its `postgresql.conf`. */
  static async start(programs, name, settings) {
    const port = await freePort();
    const all = { ...settings, port, listen_addresses: '127.0.0.1', fsync: 'off' };
    return new CitusServer(await PostgresServer.start(programs, makePostgresFolder(name), all), port);
  }

  constructor(server, port) {
    this.server = server;
    this.port = port;
  }

  /** The URL of a database of the server. */
  url(database) {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async query(database, statement, values) {
    const client = new pg.Client(this.url(database));
    await client.connect();
    try {
      return (await client.query(statement, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Stops every process of the server where it is, or lets all go on. */
  freeze(isFrozen) {
    const { pid } = this.server.child;
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', pid], { encoding: 'utf8' });
    for (const one of [pid, ...children.split('\n').filter(Boolean).map(Number)]) {
      process.kill(one, isFrozen ? 'SIGSTOP' : 'SIGCONT');
    }
  }

  stop() {
    return this.server.stop();
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
