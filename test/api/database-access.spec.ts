import {
  AvailabilityService,
  type DatabaseAccess,
  inspectMessages,
  MessageTableError,
  type MessagesOptions,
  type QueryFunction,
  ReportsModule,
} from '@chat-reports/nestjs';
import { Module, Scope } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ACCESSES, type OpenAccess, ReadingBackend } from '../support/access';
import { Backend, SECRET } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { DatabaseProxy } from '../support/proxy';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';
const QUESTIONS = [
  `?${RANGE}`,
  `?${RANGE}&channel=web&limit=3&edges=count`,
  `?${RANGE}&format=csv`,
  `/trend?${RANGE}&interval=week&timezone=Europe/Berlin`,
  `/breakdown?${RANGE}`,
  `/overview?${RANGE}&interval=week&channel=web&edges=count`,
  '/channels',
  '/current?channel=app',
  `?${RANGE}&channel=`,
  '?startDate=2023-02-30&endDate=2023-03-01',
];
const UNAVAILABLE = {
  status: 503,
  retryAfter: '5',
  body: expect.stringContaining('cannot be read at the moment') as string,
};

let database: TestDatabase;
let opened: { close(): Promise<unknown> }[] = [];

/** Has a resource closed after the test, however it ends; the last one is closed first. */
function opening<Resource extends { close(): Promise<unknown> }>(resource: Resource): Resource {
  opened.unshift(resource);
  return resource;
}

beforeAll(async () => {
  database = await TestDatabase.create();
  await database.insert(
    Array.from({ length: 400 }, (_, index) => ({
      at: Date.parse('2023-01-02T10:00:00Z') + index * index * 1_000,
      channel: index % 3 === 0 ? 'app' : 'web',
      sessionId: `session${index}`,
    })),
  );
});
afterEach(async () => {
  for (const resource of opened) await resource.close();
  opened = [];
});
afterAll(() => database.drop());

/** The number of statements over messages that run or wait for a lock. */
async function running(): Promise<number> {
  const [{ count }] = await database.dataSource.query<[{ count: number }]>(
    `select count(*)::int from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%messages%'`,
  );
  return count;
}

async function lockMessages(): Promise<Client> {
  const client = new Client(database.url);
  await client.connect();
  opening({ close: () => client.end() });
  await client.query('begin; lock table messages in access exclusive mode');
  return client;
}

describe.each(Object.keys(ACCESSES))('the library with %s', (kind) => {
  const open = async (url = database.url): Promise<OpenAccess> => opening(await ACCESSES[kind]!(url));

  it('answers every question as the product does', async () => {
    const product = opening(await Backend.start({ databaseUrl: database.url }));
    const backend = opening(await ReadingBackend.start((await open()).database));
    const statuses: number[] = [];
    for (const question of QUESTIONS) {
      const [below, query] = question.split('?') as ['' | '/trend', string | undefined];
      const expected = await product.ask(query ?? '', { below });
      const answer = await backend.ask(question);
      statuses.push(answer.status);
      // Answers contain the time at which they were made.
      const timeless = (text: string) => text.replace(/"as_of":"[^"]*"/, '');
      expect([answer.status, timeless(answer.body)]).toEqual([expected.status, timeless(await expected.text())]);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 400]);
  });

  it('answers 503 while the database is away, and correctly once it is back', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await ReadingBackend.start((await open(proxy.url)).database));
    const before = await backend.ask(`?${RANGE}`);
    expect(before.status).toBe(200);
    await proxy.cut();
    for (let attempt = 0; attempt < 3; attempt++) expect(await backend.ask(`?${RANGE}`)).toEqual(UNAVAILABLE);
    await proxy.mend();
    expect(await backend.ask(`?${RANGE}`)).toEqual(before);
  });

  it('answers 503 if the connection breaks while it waits', async () => {
    const proxy = opening(await DatabaseProxy.open(database.url));
    const backend = opening(await ReadingBackend.start((await open(proxy.url)).database));
    const lock = await lockMessages();
    const asked = backend.ask(`?${RANGE}`);
    await eventually(async () => expect(await running()).toBe(1));
    await proxy.cut();
    expect(await asked).toEqual(UNAVAILABLE);
    await lock.query('rollback');
    await proxy.mend();
    expect(await backend.ask(`?${RANGE}`)).toMatchObject({ status: 200 });
  });

  it('answers 503 if a statement takes longer than the option allows', async () => {
    const backend = opening(await ReadingBackend.start((await open()).database, { statementTimeoutMs: 100 }));
    const lock = await lockMessages();
    expect(await backend.ask(`?${RANGE}`)).toMatchObject({
      status: 503,
      body: expect.stringContaining('try a shorter range') as string,
    });
    await lock.query('rollback');
  });

  it('stops waiting for a statement when its signal is aborted', async () => {
    const { service } = opening(await ReadingBackend.start((await open()).database));
    const lock = await lockMessages();
    const controller = new AbortController();
    const period = { start: new Date('2023-01-01'), end: new Date('2023-02-01') };
    const asked = service.report({ organizationId: '123456', ...period, signal: controller.signal });
    await eventually(async () => expect(await running()).toBe(1));
    controller.abort(new Error('hung up'));
    await expect(asked).rejects.toThrow('hung up');
    // Only with a function may the statement keep running.
    if (kind !== 'a function') await eventually(async () => expect(await running()).toBe(0));
    await lock.query('rollback');
  });

  it('refuses a table and a filter that do not fit', async () => {
    const { database: access } = await open();
    const refusal = (messages: object) =>
      ReadingBackend.start(access, messages).then(
        () => undefined,
        (error: unknown) => error,
      );
    const missing = await refusal({ table: 'message' });
    expect(missing).toBeInstanceOf(MessageTableError);
    expect(String(missing)).toContain('there is no table "message" in the database; it has messages, ');
    expect(await refusal({ filter: { where: 'flavor = 1' } })).toEqual(
      new MessageTableError('messages.filter cannot be used: column "flavor" does not exist'),
    );
  });
});

it('reads through a data source that the factory of the options injects', async () => {
  const { database: access } = opening(await ACCESSES['a data source']!(database.url));

  @Module({ providers: [{ provide: 'CHAT', useValue: access }], exports: ['CHAT'] })
  class ChatModule {}

  @Module({})
  class OtherModule {
    constructor(readonly availability: AvailabilityService) {}
  }

  const reports = ReportsModule.forRootAsync({
    isGlobal: true,
    imports: [ChatModule],
    inject: ['CHAT'],
    useFactory: (database: DataSource) => ({ auth: { secret: SECRET }, database }),
  });
  const module = await Test.createTestingModule({ imports: [reports, OtherModule] }).compile();
  await module.init();
  opening(module);
  const { availability } = module.get(OtherModule);
  expect(await availability.channels({ organizationId: '123456' })).toHaveLength(2);
});

/** Messages count only in a transaction that the library has begun in its own way. */
const IN_TRANSACTION = `current_setting('jit') = 'off' and current_setting('transaction_read_only') = 'on'`;

it.each([
  ['a data source', 'up or down'],
  ['a pool', 'up or down'],
  ['a function', 'no_data'],
])('with %s, a statement in a read-only transaction without JIT finds chat %s', async (kind, expected) => {
  const { database: access } = opening(await ACCESSES[kind]!(database.url));
  const { service } = opening(await ReadingBackend.start(access, { filter: { where: IN_TRANSACTION } }));
  const { state } = await service.current({ organizationId: '123456' });
  expect(state === 'no_data' ? state : 'up or down').toBe(expected);
});

it.each([
  ['a data source', []],
  ['a pool', []],
  ['a function', ['diary_by_time']],
])('with %s, an index on rows other than those of the filter serves as %j', async (kind, found) => {
  await database.dataSource.query(`
    drop table if exists diary;
    create table diary (organization_id text, session_id text, created_at timestamptz, id integer, kind integer);
    create index diary_by_time on diary (organization_id, created_at) where kind = 2`);
  const { database: access } = opening(await ACCESSES[kind]!(database.url));
  const { indexes } = await inspectMessages(access, {
    table: 'diary',
    columns: { channel: null },
    filter: { where: 'kind = 1' },
  });
  expect(indexes.map((index) => index.found)).toEqual([found]);
});

it('leaves the connections of a pool as they were', async () => {
  const pool = new Pool({ connectionString: database.url, max: 1, options: '-c jit=on' });
  opening({ close: () => pool.end() });
  const backend = opening(await ReadingBackend.start(pool));
  expect(await backend.ask(`?${RANGE}`)).toMatchObject({ status: 200 });
  const { rows } = await pool.query<object>(
    `select current_setting('jit') as jit, current_setting('transaction_read_only') as "readOnly", pg_current_xact_id_if_assigned()`,
  );
  expect(rows[0]).toMatchObject({ jit: 'on', readOnly: 'off' });
});

describe('an application does not start', () => {
  const refusal = (access: DatabaseAccess | undefined, messages?: MessagesOptions) =>
    ReadingBackend.start(access, messages).then(
      () => 'it starts',
      (error: Error) => error.message,
    );

  it('without a database', async () => {
    expect(await refusal(undefined)).toBe(
      'ReportsModule: there is no database: import TypeOrmModule, or set the option database',
    );
  });

  it('with anything other than a database', async () => {
    expect(await refusal(new Client() as unknown as DatabaseAccess)).toBe(
      'ReportsModule: database must be a TypeORM DataSource, a pg.Pool, or a function that runs a statement',
    );
  });

  it('with a data source for another database product', async () => {
    const dataSource = new DataSource({ type: 'cockroachdb', url: database.url, timeTravelQueries: false });
    expect(await refusal(dataSource)).toBe(
      'ReportsModule: reports need PostgreSQL, a data source of type postgres; this one is of type cockroachdb',
    );
  });

  it.each(['8.0.36', 'CockroachDB CCL v25.2.0', 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.77467'])(
    'with a function that queries another product: %s',
    async (version) => {
      expect(await refusal(() => Promise.resolve([{ version }]))).toBe(
        `ReportsModule: reports need PostgreSQL 15 or later; the database is ${version}`,
      );
    },
  );

  it('with a function that does not return rows', async () => {
    const { database: pool } = opening(await ACCESSES['a pool']!(database.url));
    const query: QueryFunction = (text, values) => (pool as Pool).query(text, values);
    expect(await refusal(query)).toBe(
      'ReportsModule: the function of the option database must return an array of rows',
    );
  });

  it.each(['the data source', 'what the options need'])('if %s belongs to a request', async (what) => {
    const { database: access } = opening(await ACCESSES['a data source']!(database.url));

    @Module({
      providers: [{ provide: DataSource, scope: Scope.REQUEST, useFactory: () => access }],
      exports: [DataSource],
    })
    class TenantModule {}

    const options = { auth: { secret: SECRET } };
    const reports =
      what === 'the data source'
        ? ReportsModule.forRoot(options)
        : ReportsModule.forRootAsync({
            imports: [TenantModule],
            inject: [DataSource],
            useFactory: (own: DataSource) => ({ ...options, database: own }),
          });
    const global = { module: TenantModule, global: true };
    const module = await Test.createTestingModule({ imports: [global, reports] }).compile();
    await expect(module.init()).rejects.toThrow(
      'ReportsModule: the data source and what the options inject must not be request-scoped',
    );
  });

  it('with a function that should check how far a replica lags behind', async () => {
    const { database: access } = opening(await ACCESSES['a function']!(database.url));
    expect(await refusal(access, { maximumReplicaLagMs: 1_000 })).toBe(
      'ReportsModule: messages.maximumReplicaLagMs needs a TypeORM DataSource or a pg.Pool',
    );
  });
});
