import { join } from 'node:path';
import { runCancellable } from '@chat-reports/nestjs/internal';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { ApiKeyService } from '../../../src/auth/api-key.service';
import { MIGRATION_LOCK, withAdvisoryLock } from '../../../src/database/advisory-lock';
import { withDataSource } from '../../../src/database/data-source';
import { Backend, SECRET, token } from '../../support/backend';
import { TestDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { PgBouncer, type PoolMode } from '../../support/pgbouncer';
import { PROJECT, runCommand, ServerProcess } from '../../support/run';
import { executeOn } from '../../support/server';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };
const MESSAGES = join(PROJECT, 'docs/examples/messages.csv');
const NEVER_MS = 600_000;

describe.each<PoolMode>(['transaction', 'session'])('a database behind PgBouncer with %s pooling', (mode) => {
  let database: TestDatabase;
  let pooler: PgBouncer;
  const opened: { close: () => Promise<unknown> }[] = [];

  beforeAll(async () => {
    database = await TestDatabase.create();
    pooler = await PgBouncer.start(database.url, mode);
    await database.insert([{ at: '2023-01-15T10:00:00Z' }, { at: '2023-01-15T10:30:00Z', sessionId: 'session2' }]);
  });
  afterEach(async () => {
    for (const product of opened.splice(0).reverse()) await product.close();
  });
  afterAll(async () => {
    await pooler.stop();
    await database.drop();
  });

  const start = async (statementTimeoutMs: number) => {
    const backend = await Backend.start({ databaseUrl: pooler.url, connections: { statementTimeoutMs, poolSize: 3 } });
    opened.push(backend);
    return backend;
  };

  /** Locks a table until the test is over, past the pooler. */
  const lock = async (table: string) => {
    const client = new Client(database.url);
    await client.connect();
    opened.push({ close: () => client.end() });
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    return { release: () => client.query('rollback') };
  };

  const waiting = async () =>
    (
      await executeOn(
        database.url,
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length;

  it('serves a server, which is ready and reports as it does without', async () => {
    const direct = await Backend.start({ databaseUrl: database.url });
    opened.push(direct);
    const server = await ServerProcess.ready({ DATABASE_URL: pooler.url, JWT_SECRET: SECRET });
    try {
      expect((await fetch(`${server.address}/health/ready`)).status).toBe(200);
      const search = new URLSearchParams(JANUARY).toString();
      const response = await fetch(`${server.address}/backend/reports/123456/chats/availability?${search}`, {
        headers: { authorization: `Bearer ${token()}` },
      });
      const report = (await response.json()) as { total_down_time: number };
      expect(report.total_down_time).toBe(28 * 60_000);
      expect(report).toEqual((await direct.report(JANUARY)).body);
    } finally {
      server.kill('SIGTERM');
      expect(await server.exit).toBe(0);
    }
  });

  it('cancels the statement of a client that hangs up', async () => {
    const backend = await start(NEVER_MS);
    const { release } = await lock('messages');
    const controller = new AbortController();
    const asked = backend.ask(JANUARY, { signal: controller.signal });
    await eventually(async () => expect(await waiting()).toBe(1));
    controller.abort();
    await expect(asked).rejects.toThrow('aborted');
    await eventually(async () => expect(await waiting()).toBe(0));
    await release();
    expect((await backend.report(JANUARY)).status).toBe(200);
  });

  it('cancels what takes longer than the statement timeout, reports and the look-up of keys: 503', async () => {
    const backend = await start(100);
    const { key } = await backend.app
      .get(ApiKeyService, { strict: false })
      .create({ organizationId: '123456', name: mode });
    for (const [table, authorization] of [
      ['messages', `Bearer ${token()}`],
      ['api_keys', `Bearer ${key}`],
    ] as const) {
      const { release } = await lock(table);
      expect((await backend.report(JANUARY, { authorization })).status).toBe(503);
      await eventually(async () => expect(await waiting()).toBe(0));
      await release();
      expect((await backend.report(JANUARY, { authorization })).status).toBe(200);
    }
  });

  it('is not left with a statement that the client has stopped waiting for', async () => {
    // A backend that limits how long it waits, and not how long the server works.
    const limits = { extra: { query_timeout: 300 } };
    const dataSource = await new DataSource({ type: 'postgres', url: pooler.url, ...limits }).initialize();
    opened.push({ close: () => dataSource.destroy() });
    await lock('messages');
    await expect(runCancellable(dataSource, 'select from messages', [])).rejects.toThrow('Query read timeout');
    await eventually(async () => expect(await waiting()).toBe(0));
  });

  it('cancels what takes longer than a probe may', async () => {
    const backend = await start(NEVER_MS);
    const { release } = await lock('migrations');
    const probe = () => fetch(`${backend.url}/health/ready`);
    expect((await probe()).status).toBe(503);
    await eventually(async () => expect(await waiting()).toBe(0));
    await release();
    // A busy machine may be slower than a probe may.
    await eventually(async () => expect((await probe()).status).toBe(200));
  });

  it('is as it was for its other clients', async () => {
    const names = ['statement_timeout', 'lock_timeout', 'jit'];
    const settings = async () => {
      // More clients at once than any of the others has used.
      const clients = Array.from({ length: 10 }, () => new Client(pooler.url));
      await Promise.all(clients.map((client) => client.connect()));
      const answers = await Promise.all(
        clients.map((client) =>
          client.query<{ name: string; setting: string }>(
            'select name, setting, pg_sleep(0.05)::text from pg_settings where name = any($1) order by name',
            [names],
          ),
        ),
      );
      await Promise.all(clients.map((client) => client.end()));
      return new Set(answers.map(({ rows }) => rows.map(({ name, setting }) => `${name}=${setting}`).join(' ')));
    };
    const backend = await start(10_000);
    await Promise.all(Array.from({ length: 3 }, () => backend.report(JANUARY)));
    expect((await runCommand('migrate', [], { DATABASE_URL: pooler.url })).code).toBe(0);
    expect(await settings()).toEqual(new Set(['jit=on lock_timeout=0 statement_timeout=0']));
  });

  it('lets one process migrate or partition at a time', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const order: string[] = [];
    const migrate = (name: string, work: () => Promise<void>) =>
      withDataSource(pooler.url, (dataSource) =>
        withAdvisoryLock(dataSource, MIGRATION_LOCK, async () => {
          order.push(name);
          await work();
          order.push(`${name} is done`);
        }),
      );
    const first = migrate('first', () => held);
    await eventually(() => expect(order).toEqual(['first']));
    const second = migrate('second', () => Promise.resolve());
    const locks = `select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
    try {
      await eventually(async () => expect(await executeOn(database.url, locks)).toHaveLength(1));
    } finally {
      release();
    }
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'first is done', 'second', 'second is done']);
    expect(await executeOn(database.url, locks.replace('and not granted', ''))).toEqual([]);
  });

  it('serves the commands', async () => {
    const env = { DATABASE_URL: pooler.url, JWT_SECRET: SECRET };
    await executeOn(database.url, 'drop schema public cascade; create schema public');
    for (const [name, parameters] of [
      ['migrate', []],
      ['import', [MESSAGES]],
      ['partition', []],
      ['doctor', []],
    ] as const) {
      const { code, stderr } = await runCommand(name, [...parameters], env);
      expect({ name, code, errors: /error.*/.exec(stderr) }).toEqual({ name, code: 0, errors: null });
    }
    const exported = await runCommand('export', [], env);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    const [{ count }] = (await executeOn<{ count: number }>(
      database.url,
      'select count(*)::int as count from messages',
    )) as [{ count: number }];
    expect(exported.stdout.trim().split('\n')).toHaveLength(count);
  });
});
