import { Client } from 'pg';
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

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T11:00:00Z' }]);
  });
  afterEach(async () => {
    for (const resource of opened) await resource.close();
    opened = [];
  });
  afterAll(() => database.drop());

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
    const backend = opening(await Backend.start({ databaseUrl: database.url, statementTimeoutMs: 100 }));
    const other = new Client(database.url);
    await other.connect();
    opening({ close: () => other.end() });
    await other.query('begin; lock table messages in access exclusive mode');

    const { status, body, headers } = await backend.report(JANUARY);
    expect({ status, body }).toEqual({ status: 503, body: UNAVAILABLE });
    expect(headers.get('retry-after')).toBe('5');

    await other.query('rollback');
    expect((await backend.report(JANUARY)).status).toBe(200);
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
