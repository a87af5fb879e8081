import { Client } from 'pg';
import { createLogger } from '../../src/logging/logger';
import type { ApplicationOptions } from '../../src/server';
import { Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { LogLines } from '../support/log';
import { DatabaseProxy } from '../support/proxy';

const READY = {
  status: 200,
  body: { status: 'ok', details: { database: { status: 'up' }, migrations: { status: 'up' } } },
};
const ALIVE = { status: 200, body: { status: 'ok' } };
const notReady = (reason: string) => ({
  status: 503,
  body: { statusCode: 503, message: `Not ready: ${reason}`, error: 'Service Unavailable' },
});

describe('the probes', () => {
  let database: TestDatabase;
  let opened: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterEach(async () => {
    for (const resource of opened) await resource.close();
    opened = [];
  });
  afterAll(() => database.drop());

  async function start(options: Partial<ApplicationOptions> = {}): Promise<Backend> {
    const backend = await Backend.start({ databaseUrl: database.url, ...options });
    opened.unshift(backend);
    return backend;
  }

  async function openProxy(): Promise<DatabaseProxy> {
    const proxy = await DatabaseProxy.open(database.url);
    opened.unshift(proxy);
    return proxy;
  }

  async function probe(backend: Backend, name: 'live' | 'ready'): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${backend.url}/health/${name}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return { status: response.status, body: await response.json() };
  }

  it('say that all is well', async () => {
    const backend = await start();
    expect(await probe(backend, 'live')).toEqual(ALIVE);
    expect(await probe(backend, 'ready')).toEqual(READY);
  });

  it('say that the database is away, leave the reason to the log, and say when it is back', async () => {
    const lines = new LogLines();
    const proxy = await openProxy();
    const backend = await start({ databaseUrl: proxy.url, log: createLogger('error', lines) });
    await proxy.cut();
    expect(await probe(backend, 'ready')).toEqual(notReady('database'));
    expect(await probe(backend, 'live')).toEqual(ALIVE);
    expect(lines.entries).toMatchObject([
      { context: 'Health', msg: expect.stringMatching(/ECONN|terminated/) as string },
    ]);
    await proxy.mend();
    expect(await probe(backend, 'ready')).toEqual(READY);
  });

  it('say that the database is silent without waiting for it', async () => {
    const proxy = await openProxy();
    // The probe itself must give up, since the timeout of the statement is longer than a test may last.
    const backend = await start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 600_000 } });
    expect(await probe(backend, 'ready')).toEqual(READY);
    proxy.silence();
    expect(await probe(backend, 'ready')).toEqual(notReady('database'));
  });

  it('ask a database that hangs only once, however often they come', async () => {
    const backend = await start();
    const other = new Client(database.url);
    await other.connect();
    opened.unshift({ close: () => other.end() });
    await other.query('begin; lock table migrations in access exclusive mode');
    const waiting = async () => {
      const rows = await database.dataSource.query<unknown[]>(`
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%migrations%'`);
      return rows.length;
    };
    const probes = Array.from({ length: 20 }, () => probe(backend, 'ready'));
    await eventually(async () => expect(await waiting()).toBe(1));
    expect(await Promise.all(probes)).toEqual(Array.from({ length: 20 }, () => notReady('database')));
    await eventually(async () => expect(await waiting()).toBe(0));
    await other.query('rollback');
  });

  it('say that all is well while reports use up all connections, on one connection that they keep', async () => {
    const backend = await start({ connections: { poolSize: 2, statementTimeoutMs: 600_000 } });
    const other = new Client(database.url);
    await other.connect();
    opened.unshift({ close: () => other.end() });
    await other.query('begin; lock table messages in access exclusive mode');
    const probes = `select pid from pg_stat_activity where datname = current_database() and application_name = 'chat-reports probe'`;
    const range = { startDate: '2023-01-01', endDate: '2023-01-31' };
    const reports = [backend.report(range), backend.report(range)];
    const reporting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await eventually(async () => expect(await database.dataSource.query(reporting)).toHaveLength(2));
    expect(await probe(backend, 'ready')).toEqual(READY);
    const kept = await database.dataSource.query<{ pid: number }[]>(probes);
    expect(kept).toHaveLength(1);
    expect(await probe(backend, 'ready')).toEqual(READY);
    expect(await database.dataSource.query(probes)).toEqual(kept);
    // A connection that was closed is replaced.
    await database.dataSource.query(`select pg_terminate_backend(pid) from (${probes}) probe`);
    await eventually(async () => expect(await probe(backend, 'ready')).toEqual(READY));
    await other.query('rollback');
    expect((await Promise.all(reports)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('say that the schema is not that of this version', async () => {
    const backend = await start();
    await database.dataSource.query(`update migrations set name = 'x' || name`);
    expect(await probe(backend, 'ready')).toEqual(notReady('migrations'));
    await database.dataSource.query('update migrations set name = substr(name, 2)');
    expect(await probe(backend, 'ready')).toEqual(READY);
  });

  it('have no rate limit', async () => {
    const backend = await start({ rateLimit: { perAddress: 1, perToken: 1 } });
    for (let index = 0; index < 4; index++) {
      expect((await probe(backend, 'ready')).status).toBe(200);
      expect((await probe(backend, 'live')).status).toBe(200);
    }
  });
});
