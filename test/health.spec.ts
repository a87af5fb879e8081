import { Client } from 'pg';
import { createLogger } from '../src/logging/logger';
import type { ApplicationOptions } from '../src/server';
import { Backend } from './support/backend';
import { TestDatabase } from './support/database';
import { LogLines } from './support/log';
import { DatabaseProxy } from './support/proxy';

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

  it('say that the database is away, keep the reason for the log, and say when it is back', async () => {
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

  it('say within a second that the database is silent', async () => {
    const proxy = await openProxy();
    const backend = await start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 500 } });
    expect(await probe(backend, 'ready')).toEqual(READY);
    proxy.silence();
    const startedAtMs = performance.now();
    expect(await probe(backend, 'ready')).toEqual(notReady('database'));
    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
  });

  it('ask a database that hangs once, however often they come', async () => {
    const backend = await start();
    const other = new Client(database.url);
    await other.connect();
    opened.unshift({ close: () => other.end() });
    await other.query('begin; lock table migrations in access exclusive mode');
    const answers = await Promise.all(Array.from({ length: 20 }, () => probe(backend, 'ready')));
    expect(answers).toEqual(Array.from({ length: 20 }, () => notReady('database')));
    const { rows } = await other.query<{ count: number }>(`
      select count(*)::int from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%migrations%'`);
    expect(rows).toEqual([{ count: 1 }]);
    await other.query('rollback');
  });

  it('say that the schema is not the one of this version', async () => {
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
