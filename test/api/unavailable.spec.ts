import { setTimeout as sleep } from 'node:timers/promises';
import { runCancellable } from '@chat-reports/nestjs/internal';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { dataSourceOptions } from '../../src/database/data-source';
import { Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { DatabaseProxy } from '../support/proxy';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };
/** Longer than any test, so a statement that ends earlier has been canceled. */
const NEVER_MS = 600_000;
/** Patterns of statements over messages, those of reports, and the lookup of a key. */
const [MESSAGES, REPORTS, KEYS] = ['%messages%', '%recursive%messages%', '%api_keys%'] as const;
const UNAVAILABLE = {
  statusCode: 503,
  message: 'The messages cannot be read at the moment',
  error: 'Service Unavailable',
};
const TOO_SLOW = 'The messages could not be read within the time limit of the database: try a shorter range';

describe('a database that does not answer', () => {
  let database: TestDatabase;
  let opened: { close(): Promise<unknown> }[] = [];

  /** Has a resource closed after the test, however it ends; the last one is closed first. */
  function opening<Resource extends { close(): Promise<unknown> }>(resource: Resource): Resource {
    opened.unshift(resource);
    return resource;
  }

  /** A connection of the test's own, which may lock what the server needs. */
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

  /** The number of statements like this that the database is working on, or that wait for a lock. */
  async function running(statement: string): Promise<number> {
    const [{ count }] = await database.dataSource.query<[{ count: number }]>(
      `select count(*)::int from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like $1`,
      [statement],
    );
    return count;
  }

  const untilRunning = (count: number, statement: string = MESSAGES) =>
    eventually(async () => expect(await running(statement)).toBe(count));

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
    expect({ status, body }).toEqual({ status: 503, body: { ...UNAVAILABLE, message: TOO_SLOW } });
    expect(headers.get('retry-after')).toBe('5');
    await untilRunning(0);

    await other.query('rollback');
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('is not left with a statement that the server has stopped waiting for', async () => {
    // A backend that limits how long it waits, but not how long the database works.
    const limits = { extra: { query_timeout: 300 } };
    const dataSource = await new DataSource({ type: 'postgres', url: database.url, ...limits }).initialize();
    opening({ close: () => dataSource.destroy() });
    const endless = runCancellable(dataSource, `select pg_sleep(${NEVER_MS})`, []);
    await expect(endless).rejects.toThrow('Query read timeout');
    await untilRunning(0, '%pg_sleep%');
    expect(await runCancellable(dataSource, 'select 1 as one', [])).toEqual([{ one: 1 }]);
  });

  it('does not compile statements, and gets its connections back as they were', async () => {
    const options = { extra: { options: '-c jit=on' }, poolSize: 1 };
    const dataSource = await new DataSource({ type: 'postgres', url: database.url, ...options }).initialize();
    opening({ close: () => dataSource.destroy() });
    const setting = `select current_setting('jit') as jit`;
    for (const statement of [setting, 'select 1/0']) {
      const rows = await runCancellable(dataSource, statement, []).catch((error: Error) => error.message);
      expect(rows).toEqual(statement === setting ? [{ jit: 'off' }] : 'division by zero');
      // Outside the transaction, since an aborted one would refuse the statement.
      expect(await dataSource.query(setting)).toEqual([{ jit: 'on' }]);
    }
  });

  it('whose network is silent: 503 after a bounded wait, and correct answers once it responds', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await Backend.start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 500 } }));
    const before = await backend.report(JANUARY);
    proxy.silence();
    // Without a bound, waiting for a silent connection would take longer than a test may last.
    const answers = await Promise.all([backend.report(JANUARY), backend.report(JANUARY)]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);

    await proxy.cut();
    await proxy.mend();
    expect(await backend.report(JANUARY)).toMatchObject({ status: 200, body: before.body });
  });

  it('that does not answer on old connections while new ones work: the old ones are given up', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await Backend.start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 500 } }));
    expect((await backend.report(JANUARY)).status).toBe(200);
    proxy.silence();
    proxy.speakToNew();
    expect((await backend.report(JANUARY)).status).toBe(503);
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('whose connections are all in use: 503 while they are, instead of a queue without end', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: NEVER_MS, poolSize: 3 } }),
    );
    const other = await openClient();
    await other.query('begin; lock table messages in access exclusive mode');
    const busy = Array.from({ length: 3 }, () => backend.report(JANUARY));
    await untilRunning(3);
    const queued = await Promise.all(Array.from({ length: 20 }, () => backend.report(JANUARY)));
    expect(queued.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 503));
    expect(await running(MESSAGES)).toBe(3);
    await other.query('rollback');
    expect((await Promise.all(busy)).map(({ status }) => status)).toEqual(Array.from({ length: 3 }, () => 200));
  });

  it('is told to stop when as many clients disconnect as there are connections', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: NEVER_MS, poolSize: 3 } }),
    );
    const other = await openClient();
    await other.query('begin; lock table messages in access exclusive mode');
    const controller = new AbortController();
    const asked = Array.from({ length: 3 }, () => backend.ask(JANUARY, { signal: controller.signal }));
    await untilRunning(3);
    controller.abort();
    await Promise.allSettled(asked);
    await untilRunning(0);
    await other.query('rollback');
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('is not asked for a client that disconnected while its key was looked up', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: NEVER_MS } }),
    );
    const { key } = await backend.app
      .get(ApiKeyService, { strict: false })
      .create({ organizationId: '123456', name: 'test' });
    const [keysLock, messagesLock] = [await openClient(), await openClient()];
    await keysLock.query('begin; lock table api_keys in access exclusive mode');
    await messagesLock.query('begin; lock table messages in access exclusive mode');
    const controller = new AbortController();
    const asked = backend.ask(JANUARY, { authorization: `Bearer ${key}`, signal: controller.signal });
    await untilRunning(1, KEYS);
    controller.abort();
    await expect(asked).rejects.toThrow('aborted');
    await eventually(async () => expect(await backend.connections()).toBe(0));
    await keysLock.query('rollback');
    // By the time this request waits for the messages, a report of the first client would be waiting as well.
    const next = backend.ask({}, { below: '/current', authorization: `Bearer ${key}` });
    await eventually(async () => expect(await running(MESSAGES)).toBeGreaterThan(await running(REPORTS)));
    expect(await running(REPORTS)).toBe(0);
    await messagesLock.query('rollback');
    expect((await next).status).toBe(200);
  });

  it('is told to stop when the client disconnects, and is free for the next one', async () => {
    const backend = opening(
      await Backend.start({ databaseUrl: database.url, connections: { statementTimeoutMs: NEVER_MS } }),
    );
    const other = await openClient();
    for (const below of ['', '/trend', '/breakdown', '/overview', '/channels', '/current'] as const) {
      await other.query('begin; lock table messages in access exclusive mode');
      const controller = new AbortController();
      const query = {
        '': JANUARY,
        '/trend': { ...JANUARY, interval: 'day' },
        '/breakdown': JANUARY,
        '/overview': { ...JANUARY, interval: 'day' },
        '/channels': {},
        '/current': {},
      }[below];
      const asked = backend.ask(query, {
        ...(below && { below }),
        signal: controller.signal,
      });
      await untilRunning(1);
      controller.abort();
      await expect(asked).rejects.toThrow('aborted');
      await untilRunning(0);
      await other.query('rollback');
      expect((await backend.report(JANUARY)).status).toBe(200);
    }
  });

  it('cancels only what nobody waits for, while others use the same connections', async () => {
    const backend = opening(await Backend.start({ databaseUrl: database.url }));
    await database.dataSource.query(`
      insert into messages select '123456', 'web', 's', timestamptz '2023-01-01' + i * interval '70 seconds', gen_random_uuid()
      from generate_series(1, 30000) i`);
    const statuses: number[] = [];
    const askAndHangUp = async (client: number) => {
      for (let round = 0; round < 20; round++) {
        const controller = new AbortController();
        const left = backend.ask(JANUARY, { below: '/breakdown', signal: controller.signal }).catch(() => undefined);
        // At any point of the statement's life.
        await sleep((client * 7 + round * 3) % 40);
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

  it('does not cancel what runs on a connection after the statement of a client that disconnected', async () => {
    const dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
    opening({ close: () => dataSource.destroy() });
    const controller = new AbortController();
    const pid = 'select pg_backend_pid() as pid';
    const [one] = await runCancellable<{ pid: number }>(dataSource, pid, [], { signal: controller.signal });
    const other = dataSource.query<{ pid: number }[]>('select pg_backend_pid() as pid, pg_sleep(0.5)');
    controller.abort();
    // The same connection, lent again.
    expect((await other)[0]!.pid).toBe(one!.pid);
  });

  it('whose lock is not granted in time: 503', async () => {
    const url = `${database.url}${database.url.includes('?') ? '&' : '?'}options=-c%20lock_timeout%3D100`;
    const backend = opening(await Backend.start({ databaseUrl: url }));
    const other = await openClient();
    await other.query('begin; lock table messages in access exclusive mode');
    expect(await backend.report(JANUARY)).toMatchObject({ status: 503, body: UNAVAILABLE });
    await other.query('rollback');
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('that gets a wrong statement, by a fault of ours: 500', async () => {
    const backend = opening(await Backend.start({ databaseUrl: database.url }));
    const { subscribers } = backend.app.get(DataSource, { strict: false });
    subscribers.push({
      beforeQuery: ({ query }) => {
        if (query.includes('recursive')) throw new Error('a fault');
      },
    });
    expect(await backend.report(JANUARY)).toMatchObject({ status: 500, body: { statusCode: 500 } });
  });

  it('that has a fault: 500, since retrying does not help', async () => {
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
