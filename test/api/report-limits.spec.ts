import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { Client } from 'pg';

const DAY = { startDate: '2023-01-01', endDate: '2023-01-01' };
const OUTAGES = 10;

describe('the limits of a report', () => {
  let database: TestDatabase;
  let backend: Backend;

  beforeAll(async () => {
    database = await TestDatabase.create();
    const startMs = Date.parse('2023-01-01T00:00:00Z');
    // The first gap is three minutes long, which is one minute of downtime; each further one is a minute longer.
    let at = startMs;
    const messages = Array.from({ length: OUTAGES + 1 }, (_, index) => ({ at: (at += (index + 2) * 60_000) }));
    await database.insert(messages);
    backend = await Backend.start({
      databaseUrl: database.url,
      limits: { rangeDays: 31, rows: 5, concurrency: 2 },
    });
  });
  afterAll(async () => {
    await backend.close();
    await database.drop();
  });

  it.each(['', '/trend', '/breakdown', '/overview'] as const)(
    'refuse a longer range than is set: %s',
    async (below) => {
      const parameters = {
        '': 'limit=1',
        '/trend': 'interval=month',
        '/breakdown': '',
        '/overview': 'interval=month&limit=1',
      }[below];
      const ask = (end: string) =>
        backend.report(`startDate=2023-01-01&endDate=${end}&${parameters}`, { below: below || undefined });
      expect((await ask('2023-01-31')).status).toBe(200);
      expect(await ask('2023-02-01T00:00:00.001Z')).toMatchObject({
        status: 400,
        body: { message: ['endDate must be at most 31 days after startDate: request a longer range in parts'] },
      });
    },
  );

  it('refuse more downtimes than allowed in JSON, and send them as CSV', async () => {
    expect(await backend.report(DAY)).toMatchObject({
      status: 400,
      body: {
        message: [
          `The response would have ${OUTAGES} rows, and JSON at most 5: choose a shorter range, or CSV with format=csv`,
        ],
      },
    });
    const csv = await backend.ask({ ...DAY, format: 'csv' });
    expect(csv.status).toBe(200);
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(OUTAGES + 1);
    expect((await backend.report({ ...DAY, interval: 'hour' }, { below: '/trend' })).status).toBe(400);
  });

  it('refuse more rows than allowed in one part of an overview', async () => {
    const ask = (query: object) => backend.report({ ...DAY, interval: 'day', ...query }, { below: '/overview' });
    const refusal = (rows: number) => ({
      status: 400,
      body: {
        message: [
          `The response would have ${rows} rows, and JSON at most 5: choose a shorter range, or ask for report, trend and breakdown as CSV`,
        ],
      },
    });
    expect(await ask({})).toMatchObject(refusal(OUTAGES));
    expect(await ask({ limit: '5', interval: 'hour' })).toMatchObject(refusal(24));
    expect(await ask({ limit: '5' })).toMatchObject({ status: 200 });
  });

  it('refuse more closed times than allowed in JSON', async () => {
    const hours = { timezone: 'UTC', hours: '10:00-12:00', include: 'closed_times', limit: '1' };
    const ask = (endDate: string) => backend.report({ startDate: '2023-01-10', endDate, ...hours });
    expect(await ask('2023-01-13')).toMatchObject({ status: 200, body: { closed_times: { length: 5 } } });
    expect(await ask('2023-01-14')).toMatchObject({
      status: 400,
      body: { message: [expect.stringContaining('would have 6 rows')] },
    });
  });

  it.each([
    ['', {}, 25],
    ['/trend', { interval: 'month' }, 25],
    // A breakdown within hours reads the gaps of the only channel as well as those of all.
    ['/breakdown', { hours: 'Mo-Su 00:00-24:00', timezone: 'UTC' }, 11],
    ['/overview', { interval: 'month', limit: '1' }, 25],
    ['/overview', { interval: 'month', limit: '1', hours: 'Mo-Su 00:00-24:00', timezone: 'UTC' }, 11],
  ] as const)('refuse to read more gaps than five times as many: %s %j', async (below, parameters, most) => {
    const step = 180_000;
    const messages = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: startMs + index * step, organizationId: 'many' }));
    const startMs = Date.parse('2023-01-10T00:00:00Z');
    const ask = async () => {
      const query = { startDate: '2023-01-10', endDate: '2023-01-10', ...parameters };
      // The overview has no CSV.
      if (below !== '/overview') Object.assign(query, { format: 'csv' });
      const { status } = await backend.ask(query, { below: below || undefined, organizationId: 'many' });
      return status;
    };
    await database.insert(messages(1));
    await database.insert(messages(most + 1).slice(1));
    expect(await ask()).toBe(200);
    await database.insert([{ at: startMs + (most + 1) * step, organizationId: 'many' }]);
    expect(await ask()).toBe(400);
    const { body } = await backend.report(
      { startDate: '2023-01-10', endDate: '2023-01-10', limit: '1' },
      { organizationId: 'many' },
    );
    if (!('hours' in parameters))
      expect(body).toMatchObject({
        message: ['The range has more than 25 gaps between messages: choose a shorter one'],
      });
    // Without hours, the database adds up what a breakdown needs.
    else {
      const withoutHours: Record<string, string> = below === '/overview' ? { interval: 'month', limit: '1' } : {};
      const answer = await backend.report({ ...DAY, ...withoutHours }, { below, organizationId: 'many' });
      expect(answer).toMatchObject({ status: 200 });
    }
    await database.dataSource.query(`delete from messages where organization_id = 'many'`);
  });

  it('list only as many downtimes as requested, only long ones if requested, and count all', async () => {
    const ask = async (query: Record<string, string>) => {
      const { status, body } = await backend.report({ ...DAY, include: 'summary', ...query });
      expect(status).toBe(200);
      return body as Report;
    };
    const [few, long] = [await ask({ limit: '3' }), await ask({ min_duration: '420000' })];
    expect(few.down_times.map(({ duration }) => duration / 60_000)).toEqual([1, 2, 3]);
    expect(long.down_times.map(({ duration }) => duration / 60_000)).toEqual([7, 8, 9, 10]);
    for (const { summary, total_down_time } of [few, long]) {
      expect(summary).toMatchObject({ outages: OUTAGES, longest_down_time: 600_000, truncated: true });
      expect(total_down_time).toBe(55 * 60_000);
    }
    const both = await ask({ min_duration: '420000', limit: '2' });
    expect(both.down_times.map(({ duration }) => duration / 60_000)).toEqual([7, 8]);
    const csv = await (await backend.ask({ ...DAY, format: 'csv', limit: '2' })).text();
    expect(csv.trim().split('\r\n')).toHaveLength(3);
  });

  it('tell whether anything is left out', async () => {
    const range = { startDate: '2023-01-01', endDate: '2023-01-01T00:10:00Z', include: 'summary' };
    for (const [query, truncated] of [
      [{}, false],
      [{ limit: '2' }, false],
      [{ limit: '1' }, true],
      [{ min_duration: '60000' }, false],
      [{ min_duration: '60001' }, true],
    ] as const) {
      const { body } = await backend.report({ ...range, ...query });
      expect((body as Report).summary).toMatchObject({ outages: 2, truncated });
    }
  });

  it.each([
    ['limit=0', 'limit must be a whole number of at least 1, given once'],
    ['limit=1e3', 'limit must be a whole number of at least 1, given once'],
    ['limit=1&limit=2', 'limit must be a whole number of at least 1, given once'],
    ['min_duration=-1', 'min_duration must be a whole number of at least 0, given once'],
    ['min_duration=2m', 'min_duration must be a whole number of at least 0, given once'],
  ])('refuse %s', async (parameter, message) => {
    const answer = await backend.report(`startDate=2023-01-01&endDate=2023-01-02&${parameter}`);
    expect(answer).toMatchObject({ status: 400, body: { message: [message] } });
  });

  it('let one principal have only so many reports at once, without affecting others', async () => {
    const lock = new Client(database.url);
    await lock.connect();
    await lock.query('begin; lock table messages in access exclusive mode');
    const query = { ...DAY, limit: '1' };
    const asked = Array.from({ length: 20 }, () => backend.report(query));
    const refused = await eventually(async () => {
      const settled = await Promise.all(asked.map((answer) => Promise.race([answer, Promise.resolve(undefined)])));
      const answers = settled.filter((answer) => answer !== undefined);
      // Two run at once, and four times as many wait.
      expect(answers).toHaveLength(20 - 2 - 8);
      return answers;
    });
    for (const { status, headers, body } of refused) {
      expect(status).toBe(429);
      expect(headers.get('retry-after')).toBe('1');
      expect(body).toMatchObject({ statusCode: 429, error: 'Too Many Requests' });
    }
    expect(await running()).toBe(2);
    const authorization = `Bearer ${token({ org_id: 'other' })}`;
    const other = backend.report(query, { organizationId: 'other', authorization });
    await eventually(async () => expect(await running()).toBe(3));
    await lock.end();
    expect((await other).status).toBe(200);
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect((await backend.report(query)).status).toBe(200);
  });

  it('give the slots of clients that have disconnected to others', async () => {
    const lock = new Client(database.url);
    await lock.connect();
    await lock.query('begin; lock table messages in access exclusive mode');
    const clients = Array.from({ length: 5 }, () => new AbortController());
    const gone = clients.map(({ signal }) => backend.ask(DAY, { signal }).catch(() => undefined));
    await eventually(async () => expect(await running()).toBe(2));
    for (const client of clients) client.abort();
    await Promise.all(gone);
    await eventually(async () => expect(await running()).toBe(0));
    const next = [backend.report({ ...DAY, limit: '1' }), backend.report({ ...DAY, limit: '1' })];
    await eventually(async () => expect(await running()).toBe(2));
    await lock.end();
    expect((await Promise.all(next)).map(({ status }) => status)).toEqual([200, 200]);
  });

  /** How many reports the database is working on, or keeps waiting for a lock. */
  async function running(): Promise<number> {
    const [{ count }] = await database.dataSource.query<[{ count: number }]>(
      `select count(*)::int from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%messages%'`,
    );
    return count;
  }
});

interface Report {
  total_down_time: number;
  down_times: { duration: number }[];
  summary: Record<string, unknown>;
}
