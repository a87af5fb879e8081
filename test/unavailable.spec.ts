import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { runCancellable } from '../libs/reports/src/messages/cancellable-query';
import { ApiKeyService } from '../src/api-keys/api-key.service';
import { dataSourceOptions } from '../src/database/data-source';
import { Backend } from './support/backend';
import { TestDatabase } from './support/database';
import { DatabaseProxy } from './support/proxy';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };
const UNAVAILABLE = {
  statusCode: 503,
  message: 'The messages cannot be read at the moment',
  error: 'Service Unavailable',
};

describe('a database that does not answer', () => {
  let database: TestDatabase;
  let opened: { close(): Promise<unknown> }[] = [];

  /** Closed after the test, however it ends, the last first. */
  function opening<Resource extends { close(): Promise<unknown> }>(resource: Resource): Resource {
    opened.unshift(resource);
    return resource;
  }

  /** A connection of the test's own, which may lock what the server asks for. */
  async function openClient(): Promise<Client> {
    const client = new Client(database.url);
    await client.connect();
    opening({ close: () => client.end() });
    return client;
  }

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T11:00:00Z' }]);
  });
  afterEach(async () => {
    for (const resource of opened) await resource.close();
    opened = [];
  });
  afterAll(() => database.drop());

  /** How many statements over messages the database is working on, or which wait for a lock. */
  async function running(): Promise<number> {
    const [{ count }] = await database.dataSource.query<[{ count: number }]>(`
      select count(*)::int from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%messages%'`);
    return count;
  }

  it('that is away: 503 with Retry-After, and the right number once it is back', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await Backend.start({ databaseUrl: proxy.url }));
    const before = await backend.report(JANUARY);
    expect(before.status).toBe(200);

    await proxy.cut();
    for (let attempt = 0; attempt < 3; attempt++) {
      const { status, body, headers } = await backend.report(JANUARY);
      expect({ status, body }).toEqual({ status: 503, body: UNAVAILABLE });
      expect(headers.get('retry-after')).toBe('5');
    }

    await proxy.mend();
    const after = await backend.report(JANUARY);
    expect(after).toMatchObject({ status: 200, body: before.body });
  });

  it('that is too slow: 503 with Retry-After', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: 100 } }),
    );
    const other = await openClient();
    await other.query('begin; lock table messages in access exclusive mode');

    const { status, body, headers } = await backend.report(JANUARY);
    expect({ status, body }).toEqual({ status: 503, body: UNAVAILABLE });
    expect(headers.get('retry-after')).toBe('5');

    await other.query('rollback');
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('whose network is silent: 503 after a bounded wait, and right again once it speaks', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await Backend.start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 500 } }));
    const before = await backend.report(JANUARY);
    proxy.silence();
    const startedAtMs = performance.now();
    const answers = await Promise.all([backend.report(JANUARY), backend.report(JANUARY)]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);

    await proxy.cut();
    await proxy.mend();
    expect(await backend.report(JANUARY)).toMatchObject({ status: 200, body: before.body });
  });

  it('that does not answer on old connections, while new ones work: they are given up', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await Backend.start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 500 } }));
    expect((await backend.report(JANUARY)).status).toBe(200);
    proxy.silence();
    proxy.speakToNew();
    expect((await backend.report(JANUARY)).status).toBe(503);
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('whose connections are all in use: 503 soon, instead of a queue without end', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: 8_000, poolSize: 3 } }),
    );
    const other = await openClient();
    await other.query('begin; lock table messages in access exclusive mode');
    const startedAtMs = performance.now();
    const busy = Array.from({ length: 3 }, () => backend.report(JANUARY));
    while ((await running()) < 3) await new Promise((resolve) => setTimeout(resolve, 50));
    const queued = await Promise.all(Array.from({ length: 20 }, () => backend.report(JANUARY)));
    expect(queued.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 503));
    expect(performance.now() - startedAtMs).toBeLessThan(6_000);
    await other.query('rollback');
    expect((await Promise.all(busy)).map(({ status }) => status)).toEqual(Array.from({ length: 3 }, () => 200));
  });

  it('is told to stop when as many clients hang up as there are connections', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: 30_000, poolSize: 3 } }),
    );
    const other = await openClient();
    await other.query('begin; lock table messages in access exclusive mode');
    const controller = new AbortController();
    const asked = Array.from({ length: 3 }, () => backend.ask(JANUARY, { signal: controller.signal }));
    while ((await running()) < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    const startedAtMs = performance.now();
    controller.abort();
    await Promise.allSettled(asked);
    while ((await running()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
    await other.query('rollback');
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('is not asked for a client that hung up while its key was looked up', async () => {
    const backend = opening(await Backend.start({ databaseUrl: database.url }));
    const { key } = await backend.app
      .get(ApiKeyService, { strict: false })
      .create({ organizationId: '123456', name: 'test' });
    const [keysLock, messagesLock] = [await openClient(), await openClient()];
    await keysLock.query('begin; lock table api_keys in access exclusive mode');
    await messagesLock.query('begin; lock table messages in access exclusive mode');
    const controller = new AbortController();
    const asked = backend.ask(JANUARY, { authorization: `Bearer ${key}`, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 300));
    controller.abort();
    await expect(asked).rejects.toThrow('aborted');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await keysLock.query('rollback');
    await new Promise((resolve) => setTimeout(resolve, 500));
    // A report would wait for its lock.
    expect(await running()).toBe(0);
    await messagesLock.query('rollback');
  });

  it('is told to stop when the client hangs up, and is free for the next', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: 30_000 } }),
    );
    const other = await openClient();
    for (const below of ['', '/trend', '/breakdown', '/current'] as const) {
      await other.query('begin; lock table messages in access exclusive mode');
      const controller = new AbortController();
      const query = { '': JANUARY, '/trend': { ...JANUARY, interval: 'day' }, '/breakdown': JANUARY, '/current': {} }[
        below
      ];
      const asked = backend.ask(query, {
        ...(below && { below }),
        signal: controller.signal,
      });
      while ((await running()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      controller.abort();
      await expect(asked).rejects.toThrow('aborted');
      const startedAtMs = performance.now();
      while ((await running()) > 0) {
        expect(performance.now() - startedAtMs).toBeLessThan(2_000);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await other.query('rollback');
      expect((await backend.report(JANUARY)).status).toBe(200);
    }
  });

  it('cancels only what nobody waits for, while others ask on the same connections', async () => {
    const backend = opening(await Backend.start({ databaseUrl: database.url }));
    await database.dataSource.query(`
      insert into messages select '123456', 'web', 's', timestamptz '2023-01-01' + i * interval '70 seconds', gen_random_uuid()
      from generate_series(1, 30000) i`);
    const statuses: number[] = [];
    const askAndHangUp = async (client: number) => {
      for (let round = 0; round < 20; round++) {
        const controller = new AbortController();
        const left = backend.ask(JANUARY, { below: '/breakdown', signal: controller.signal }).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, (client * 7 + round * 3) % 40));
        controller.abort();
        statuses.push((await backend.report(JANUARY)).status);
        await left;
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(askAndHangUp));
    await database.clear();
    await database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T11:00:00Z' }]);
    expect(statuses).toEqual(Array.from({ length: 120 }, () => 200));
  });

  it('does not cancel what runs on a connection after the statement that the client hung up on', async () => {
    const dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
    opening({ close: () => dataSource.destroy() });
    const controller = new AbortController();
    const pid = 'select pg_backend_pid() as pid';
    const [one] = await runCancellable<{ pid: number }>(dataSource, pid, [], controller.signal);
    const other = dataSource.query<{ pid: number }[]>('select pg_backend_pid() as pid, pg_sleep(0.5)');
    controller.abort();
    // The same connection, lent again.
    expect((await other)[0]!.pid).toBe(one!.pid);
  });

  it('that has a fault: 500, for asking again does not help', async () => {
    const backend = opening(await Backend.start({ databaseUrl: database.url }));
    await database.dataSource.query('alter table messages rename to renamed');
    const { status, body } = await backend.report(JANUARY);
    await database.dataSource.query('alter table renamed rename to messages');
    expect({ status, body }).toEqual({
      status: 500,
      body: { statusCode: 500, message: 'Internal server error' },
    });
  });
});
