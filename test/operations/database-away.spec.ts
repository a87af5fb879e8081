import { randomUUID } from 'node:crypto';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { DatabaseProxy } from '../support/proxy';
import { ServerProcess } from '../support/run';
import { executeOn, urlOfDatabase } from '../support/server';

const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
const NOT_READY = { statusCode: 503, message: 'Not ready: database', error: 'Service Unavailable' };
const MESSAGES = `
  insert into messages select '123456', 'web', 's1', at::timestamptz, gen_random_uuid()
  from unnest(array['2023-01-15T10:28:00Z', '2023-01-15T11:00:00Z']) at`;

describe('a server that starts without its database', () => {
  const admin = process.env.TEST_DATABASE_URL!;
  let name: string;
  let database: string;
  let proxy: DatabaseProxy;
  let running: ServerProcess;

  beforeEach(async () => {
    name = `chat_reports_test_${randomUUID().replaceAll('-', '')}`;
    database = urlOfDatabase(admin, name);
    await executeOn(admin, `create database ${name}`);
    proxy = await DatabaseProxy.open(database);
  });
  afterEach(async () => {
    if (running.isGroupAlive) running.kill('SIGTERM');
    await running.exit;
    await proxy.close();
    await executeOn(admin, `drop database if exists ${name} with (force)`);
  });

  async function start(env: Record<string, string> = {}): Promise<void> {
    running = new ServerProcess({
      DATABASE_URL: proxy.url,
      JWT_SECRET: SECRET,
      LOG_LEVEL: 'info',
      START_WITHOUT_DATABASE: 'on',
      ...env,
    });
    await running.untilSaid('waits for its database');
  }

  const ask = (path: string) =>
    fetch(new URL(path, running.address), { headers: { authorization: `Bearer ${token()}` } });
  const timesSaid = (text: string) => running.output.split(text).length - 1;
  const expectReady = async () => expect((await ask('/health/ready')).status).toBe(200);

  it('serves what needs none, says that it waits, and goes on when it is there', async () => {
    await proxy.cut();
    await start({ METRICS_PORT: '0' });
    await running.untilSaid('Waiting for the database');
    expect((await ask('/health/live')).status).toBe(200);
    expect((await ask('/admin/')).status).toBe(200);
    const probe = await ask('/health/ready');
    expect([probe.status, await probe.json()]).toEqual([503, NOT_READY]);
    const refused = await ask(REPORT);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);

    await proxy.mend();
    await running.untilSaid('is ready');
    await expectReady();
    await executeOn(database, MESSAGES);
    expect(await (await ask(REPORT)).json()).toMatchObject({ total_down_time: 30 * 60_000 });
    const metrics = await fetch(/Metrics are at (\S+)/.exec(running.output)![1]!);
    expect(await metrics.text()).toMatch(/database_query_duration_seconds_count\{kind="report",outcome="ok"\} [1-9]/);
    expect(timesSaid('Driver not Connected')).toBe(1);
    expect(timesSaid('Waiting for the database')).toBe(1);
    expect(timesSaid('The database is there')).toBe(1);
    expect(timesSaid('does not answer')).toBe(0);
  });

  it('goes on when a database is created that did not exist', async () => {
    await executeOn(admin, `drop database ${name} with (force)`);
    await start({ DATABASE_URL: database });
    await running.untilSaid(`database \\"${name}\\" does not exist`);
    await executeOn(admin, `create database ${name}`);
    await running.untilSaid('is ready');
    await expectReady();
  });

  it('says what is wrong with a schema and goes on when it is right', async () => {
    await executeOn(database, 'create view messages as select 1 as one');
    await start();
    await running.untilSaid('The database cannot be used');
    expect(await (await ask('/health/ready')).json()).toEqual(NOT_READY);
    expect((await ask(REPORT)).status).toBe(503);
    await executeOn(database, 'drop view messages');
    await running.untilSaid('is ready');
    await expectReady();
    expect(timesSaid('The database cannot be used')).toBe(1);
  });

  it('checks the messages table as any start does', async () => {
    await start();
    await running.untilSaid('is ready');
    running.kill('SIGTERM');
    await running.exit;
    await executeOn(database, 'alter table messages rename channel to place');
    await start();
    await running.untilSaid('The database cannot be used');
    expect((await ask('/health/ready')).status).toBe(503);
    await executeOn(database, 'alter table messages rename place to channel');
    await running.untilSaid('is ready');
    await expectReady();
  });

  it('waits for the replica, and checks that it is one', async () => {
    await proxy.cut();
    await start({ DATABASE_URL: database, DATABASE_REPLICA_URL: proxy.url });
    await running.untilSaid('Waiting for the database: DATABASE_REPLICA_URL: connect ECONNREFUSED');
    await proxy.mend();
    await running.untilSaid('is ready');
    await expectReady();
    running.kill('SIGTERM');
    await running.exit;
    await start({ DATABASE_URL: database, DATABASE_REPLICA_URL: admin });
    await running.untilSaid('DATABASE_REPLICA_URL must be a streaming replica of DATABASE_URL');
    expect((await ask('/health/ready')).status).toBe(503);
  });

  it.each(['refuses connections', 'is silent'])('stops at once while its database %s', async (state) => {
    await (state === 'is silent' ? proxy.silence() : proxy.cut());
    await start();
    if (state !== 'is silent') await running.untilSaid('Waiting for the database');
    running.kill('SIGTERM');
    expect(await running.exit).toBe(0);
    expect(running.output).not.toMatch(/is ready|error/);
  });

  it('survives a database that goes away again before it is open', async () => {
    await proxy.cut();
    await start();
    await proxy.mend();
    proxy.silence();
    await running.untilSaid('Waiting for the database');
    await proxy.cut();
    await proxy.mend();
    await running.untilSaid('is ready');
    await expectReady();
  });
});

describe('a server whose database is asleep', () => {
  it('waits until it has woken up', async () => {
    const database = await TestDatabase.create();
    const proxy = await DatabaseProxy.open(database.url);
    // Longer than a request waits for a connection.
    proxy.wakingMs = 3_000;
    try {
      const server = await ServerProcess.ready({ DATABASE_URL: proxy.url, JWT_SECRET: SECRET });
      server.kill('SIGTERM');
      expect(await server.exit).toBe(0);
    } finally {
      await proxy.close();
      await database.drop();
    }
  });
});

describe('START_WITHOUT_DATABASE', () => {
  it.each([
    [{}, 'error: START_WITHOUT_DATABASE=on needs DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://user:hunter2@[/none' }, 'error: DATABASE_URL: Invalid URL'],
    [
      { DATABASE_URL: 'postgres://127.0.0.1:1/none', DATABASE_REPLICA_URL: 'postgres://user:hunter2@[/none' },
      'error: DATABASE_REPLICA_URL: Invalid URL',
    ],
  ])('does not wait for what no time will bring: %j', async (env, line) => {
    const server = new ServerProcess({ JWT_SECRET: SECRET, START_WITHOUT_DATABASE: 'on', ...env });
    expect(await server.exit).toBe(1);
    expect(server.output).toContain(line);
    expect(server.output).not.toContain('hunter2');
  });
});
