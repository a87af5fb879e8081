import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { createLogger } from '../../src/logging/logger';
import { requestIdOf } from '../../src/http/request-id';
import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { LogLines } from '../support/log';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };
const REPORT = '/backend/reports/:orgId/chats/availability';
const MARKER = 'MARKER-0b5e7d';

describe('the log', () => {
  let database: TestDatabase;
  let backend: Backend;
  let lines: LogLines;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(async () => {
    lines = new LogLines();
    backend = await Backend.start({ databaseUrl: database.url, log: createLogger('trace', lines) });
  });
  afterEach(() => backend.close());
  afterAll(() => database.drop());

  async function breakDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
    await database.dataSource.query('alter table messages rename to renamed');
    try {
      return await work();
    } finally {
      await database.dataSource.query('alter table renamed rename to messages');
    }
  }

  it('has a line for each request, with the ID that its answer has', async () => {
    const { headers } = await backend.report({ ...JANUARY, channel: 'web' });
    const [line] = await lines.requests(1);
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      requestId: headers.get('x-request-id'),
      method: 'GET',
      route: REPORT,
      organization: '123456',
      status: 200,
      durationMs: expect.any(Number) as number,
      msg: 'request',
    });
  });

  it('does not name the organization in the path for clients without access to it', async () => {
    await backend.report(JANUARY, { authorization: null });
    await backend.report(JANUARY, { authorization: `Bearer ${token({ org_id: 'other' })}` });
    const requests = await lines.requests(2);
    expect(requests.map(({ status, organization }) => [status, organization])).toEqual([
      [401, undefined],
      [403, undefined],
    ]);
  });

  it('contains no path where nothing is served, nor where the router refuses', async () => {
    for (const path of [
      '/nowhere',
      '/backend/reports/%zz/chats/availability',
      `/backend/reports/${'x'.repeat(4000)}/chats/availability`,
    ]) {
      const response = await fetch(backend.url + path);
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
    const requests = await lines.requests(3);
    expect(requests.map(({ status, route }) => [status, route])).toEqual([
      [404, undefined],
      [400, undefined],
      [414, undefined],
    ]);
  });

  it('takes the ID of a request from the proxy in front, if it is harmless', async () => {
    const headers = { 'x-request-id': 'proxy-1/a:b' };
    expect((await fetch(`${backend.url}/nowhere`, { headers })).headers.get('x-request-id')).toBe('proxy-1/a:b');
    expect((await lines.requests(1))[0]).toMatchObject({ requestId: 'proxy-1/a:b' });
    for (const name of ['', 'a b', '"}', 'x'.repeat(65), 'ü', 'a\n']) {
      expect(requestIdOf({ headers: { 'x-request-id': name } })).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('says what a fault was, and in which request', async () => {
    const { headers } = await breakDatabase(() => backend.report(JANUARY));
    const [request] = await lines.requests(1);
    expect(request).toMatchObject({ level: 'warn', status: 500 });
    const error = lines.entries.find(({ level }) => level === 'error')!;
    expect(error).toMatchObject({ requestId: headers.get('x-request-id'), context: 'ExceptionsHandler' });
    expect(error.err).toMatchObject({ message: 'relation "messages" does not exist' });
  });

  it('says that a client that disconnected got no answer', async () => {
    const other = connect(Number(new URL(backend.url).port), '127.0.0.1');
    await once(other, 'connect');
    const lock = database.dataSource.createQueryRunner();
    await lock.query('begin');
    await lock.query('lock table messages in access exclusive mode');
    const path = `${REPORT.replace(':orgId', '123456')}?startDate=2023-01-01&endDate=2023-01-31`;
    other.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token()}\r\n\r\n`);
    await eventually(async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(await database.dataSource.query(waiting)).toHaveLength(1);
    });
    other.destroy();
    expect(await lines.requests(1)).toMatchObject([{ status: 499, route: REPORT }]);
    await lock.query('rollback');
    await lock.release();
  });

  it('holds no password of a URL', () => {
    const log = createLogger('info', lines);
    log.warn({ err: new Error('no postgres://me:secret@db/chat') }, 'no redis://:secret@cache');
    expect(lines.all).not.toContain('secret');
    expect(lines.entries.at(-1)).toMatchObject({ msg: 'no redis://***@cache' });
  });

  it('holds nothing that a client has sent, whatever happens', async () => {
    const organization = `/backend/reports/123456/chats/availability`;
    const january = 'startDate=2023-01-01&endDate=2023-01-31';
    const good = { authorization: `Bearer ${token({ sub: MARKER })}` };
    const marked = { cookie: `session=${MARKER}; ${MARKER}`, 'user-agent': MARKER, referer: `http://${MARKER}/` };
    const ask = (path: string, headers: Record<string, string> = {}) =>
      new Promise<number>((resolve, reject) => {
        httpRequest(backend.url + path, { headers: { ...marked, ...headers } }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode!));
        })
          .on('error', reject)
          .end();
      });
    const askAll = async () => [
      await ask(`${organization}?${january}&channel=${MARKER}`, good),
      await ask(`${organization}?${january}&access_token=${MARKER}`, good),
      await ask(`${organization}?${january}`, { authorization: `Bearer ${MARKER}` }),
      await ask(`${organization}?${january}`, { authorization: `Basic ${MARKER}` }),
      await ask(`${organization}?startDate=${MARKER}&endDate=2023-01-31`, good),
      await ask(`${organization}/trend?${january}&interval=day&timezone=${MARKER}`, good),
      await ask(`/backend/reports/${MARKER}/chats/availability?${january}`, good),
      await ask(`/${MARKER}`),
      await ask(`/admin/${MARKER}`),
      await ask(`/backend/reports/${MARKER}%zz/chats/availability`),
      await ask(`/backend/reports/${MARKER.repeat(400)}/chats/availability`),
      await ask('/nowhere', { 'x-request-id': `${MARKER} "` }),
    ];
    expect(await askAll()).toEqual([200, 400, 401, 401, 400, 400, 403, 404, 404, 400, 414, 404]);
    const faults = await breakDatabase(askAll);
    expect(faults[0]).toBe(500);
    await database.dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await ask(`${organization}?${january}&channel=${MARKER}`, good);
    expect((await lines.requests(25)).length).toBe(25);
    expect(lines.all).not.toContain(MARKER);
    expect(lines.all).not.toContain(good.authorization.split('.')[1]);
  });
});
