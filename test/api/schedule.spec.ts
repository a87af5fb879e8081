import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { createLogger } from '../../src/logging/logger';
import { Backend, token } from '../support/backend';
import { eventually } from '../support/eventually';
import { LogLines } from '../support/log';
import { useProduct } from '../support/product';
import { DatabaseProxy } from '../support/proxy';

const OFFICE = {
  timezone: 'Europe/Berlin',
  versions: [{ valid_from: '2026-01-01', hours: 'Mo-Fr 09:00-18:00' }],
  exceptions: [{ date: '2026-12-25', hours: 'off', name: 'Christmas' }],
  exclusions: [{ start: '2026-03-10T10:00:00Z', end: '2026-03-10T11:00:00Z', reason: 'new phone system' }],
  channels: {
    whatsapp: {
      timezone: 'America/New_York',
      versions: [{ valid_from: null, hours: '24/7' }],
      exceptions: [],
      exclusions: [],
    },
  },
};
const WRITER = token({ sub: 'ann', scope: 'schedule:write' });
const READER = token();

interface Request {
  body?: unknown;
  ifMatch?: string;
  credentials?: string;
  below?: string;
  organization?: string;
  of?: Backend;
}

describe('the schedule of an organization', () => {
  const product = useProduct();
  afterEach(() => product.database.dataSource.query('truncate schedules, schedule_changes'));

  async function send(method: string, options: Request = {}) {
    const { body, ifMatch, below = '', organization = '123456', of = product.backend } = options;
    const { credentials = method === 'GET' ? READER : WRITER } = options;
    const response = await fetch(`${of.url}/backend/reports/${organization}/schedule${below}`, {
      method,
      headers: { authorization: `Bearer ${credentials}`, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const content = await response.text();
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      body: (content === '' ? undefined : JSON.parse(content)) as Record<string, unknown>,
    };
  }
  const put = (body: unknown, options: Request = {}) => send('PUT', { body, ...options });

  /** Sends the beginning of a change, without the rest of its body. */
  function begin({ url }: Backend, credentials: string): Socket {
    const { hostname, port } = new URL(url);
    const head = [
      'PUT /backend/reports/123456/schedule HTTP/1.1',
      'Host: a',
      `Authorization: Bearer ${credentials}`,
      'Content-Length: 1000',
    ];
    const socket = connect(Number(port), hostname);
    socket.write(`${head.join('\r\n')}\r\n\r\n{"timezone":`);
    return socket;
  }

  it('is read as it was written', async () => {
    expect(await send('GET')).toMatchObject({ status: 404, body: { message: 'The organization has no schedule' } });
    expect(await put(OFFICE)).toEqual({ status: 200, etag: '"1"', body: OFFICE });
    expect(await send('GET')).toEqual({ status: 200, etag: '"1"', body: OFFICE });
  });

  it('is stored in one form, however it was written', async () => {
    const { body } = await put({
      timezone: 'Europe/Berlin',
      versions: [{ valid_from: '2026-07-01', hours: '24/7' }, { hours: ' mo,tu,we 9:00-12:00; th–fr 9:00-12:00' }],
      exclusions: [{ start: '2026-03-10T11:00:00+01:00', end: '2026-03-10T10:30:00Z', reason: 'maintenance' }],
    });
    expect(body).toEqual({
      timezone: 'Europe/Berlin',
      versions: [
        { valid_from: null, hours: 'Mo-Fr 09:00-12:00' },
        { valid_from: '2026-07-01', hours: '24/7' },
      ],
      exceptions: [],
      exclusions: [{ start: '2026-03-10T10:00:00Z', end: '2026-03-10T10:30:00Z', reason: 'maintenance' }],
      channels: {},
    });
  });

  it('is what reports with hours=scheduled use', async () => {
    const at = (time: string, channel = 'web') => ({ at: time, channel });
    await product.database.insert([
      at('2026-03-09T10:00:00Z'),
      at('2026-03-10T08:10:00Z'),
      at('2026-03-09T10:00:00Z', 'whatsapp'),
    ]);
    const range = { startDate: '2026-03-09', endDate: '2026-03-10', timezone: 'Europe/Berlin', hours: 'scheduled' };
    expect((await product.backend.report(range)).status).toBe(404);
    await put(OFFICE);
    expect((await product.backend.report(range)).body).toMatchObject({
      total_time: 17 * 3_600_000,
      total_down_time: (7 * 60 + 8) * 60_000,
      hours: { timezone: 'Europe/Berlin', versions: OFFICE.versions },
      excluded: [{ start_time: '2026-03-10T10:00:00Z', duration: 3_600_000, reason: 'new phone system' }],
    });
    expect((await product.backend.report(range, { below: '/breakdown' })).body).toMatchObject({
      total_time: 17 * 3_600_000,
      channels: [
        { channel: 'web', total_time: 17 * 3_600_000 },
        { channel: 'whatsapp', total_time: 48 * 3_600_000, hours: { timezone: 'America/New_York' } },
      ],
    });
  });

  it('has channels of any name', async () => {
    const { timezone, versions, exceptions, exclusions } = OFFICE;
    const own = { timezone, versions, exceptions, exclusions };
    const body = `{"timezone":"UTC","versions":[{"hours":"24/7"}],"channels":{"__proto__":${JSON.stringify(own)},"7":${JSON.stringify(own)}}}`;
    const { channels } = (await put(body)).body as { channels: object };
    expect(Object.entries(channels).sort()).toEqual([
      ['7', own],
      ['__proto__', own],
    ]);
    const range = { startDate: '2026-03-09', endDate: '2026-03-10', hours: 'scheduled' };
    const zoneOf = async (channel: string) =>
      (await product.backend.report({ ...range, channel })).body as { hours: { timezone: string } };
    expect((await zoneOf('__proto__')).hours.timezone).toBe('Europe/Berlin');
    expect((await zoneOf('constructor')).hours.timezone).toBe('UTC');
  });

  it('is replaced and deleted only by clients that have read it', async () => {
    await put(OFFICE);
    const required =
      'There is a schedule already: send its ETag as If-Match, so that no change of somebody else is lost';
    expect(await put(OFFICE)).toMatchObject({
      status: 428,
      body: { statusCode: 428, message: required, error: 'Precondition Required' },
    });
    expect(await send('DELETE')).toMatchObject({ status: 428 });
    const other = { ...OFFICE, timezone: 'UTC' };
    expect(await put(other, { ifMatch: '"1"' })).toMatchObject({ status: 200, etag: '"2"' });
    const changed = 'The schedule has changed: its ETag is "2" now. Read it again, and repeat the change';
    for (const ifMatch of ['"1"', '"x"', '1', '"1", "3"', ''])
      expect(await put(OFFICE, { ifMatch })).toMatchObject({ status: 412, body: { message: changed } });
    expect(await send('DELETE', { ifMatch: '"1"' })).toMatchObject({ status: 412 });
    expect((await send('GET')).body).toEqual(other);
    for (const ifMatch of ['"7", "2"', 'W/"3"', '*']) expect((await put(OFFICE, { ifMatch })).status).toBe(200);
    expect(await send('DELETE', { ifMatch: '"5"' })).toMatchObject({ status: 204, body: undefined });
    expect(await send('GET')).toMatchObject({ status: 404 });
    expect(await send('DELETE', { ifMatch: '"5"' })).toMatchObject({ status: 404 });
    expect(await put(OFFICE, { ifMatch: '*' })).toMatchObject({ status: 412 });
    expect(await put(OFFICE)).toMatchObject({ status: 200, etag: '"7"' });
  });

  it('is changed by only one of many clients that change it at once', async () => {
    const first = await Promise.all(Array.from({ length: 8 }, () => put(OFFICE)));
    expect(first.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(428)]);
    const next = await Promise.all(Array.from({ length: 8 }, () => put(OFFICE, { ifMatch: '"1"' })));
    expect(next.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
  });

  it('has a history of who changed it, when and to what', async () => {
    const before = new Date();
    await put(OFFICE);
    const { key, id } = await new ApiKeyService(product.database.dataSource).create({
      organizationId: '123456',
      name: 'rota',
      scope: 'reports:read schedule:write',
    });
    await put({ ...OFFICE, timezone: 'UTC' }, { ifMatch: '"1"', credentials: key });
    await send('DELETE', { ifMatch: '"2"' });
    const { changes } = (await send('GET', { below: '/history' })).body as { changes: { changed_at: string }[] };
    expect(changes).toMatchObject([
      { version: 3, changed_by: 'ann', schedule: null },
      { version: 2, changed_by: `api-key:${id}`, schedule: { timezone: 'UTC' } },
      { version: 1, changed_by: 'ann', schedule: OFFICE },
    ]);
    // The database and this process share the clock of one machine.
    for (const { changed_at } of changes) expect(Date.parse(changed_at)).toBeGreaterThanOrEqual(before.getTime() - 1);
    expect(
      (await send('GET', { below: '/history', organization: 'b', credentials: token({ org_id: 'b' }) })).body,
    ).toEqual({ changes: [] });
    expect((await send('GET', { below: '/history?limit=1' })).body).toEqual({ changes: changes.slice(0, 1) });
    for (const limit of ['0', '101', '1.5', ''])
      expect((await send('GET', { below: `/history?limit=${limit}` })).status).toBe(400);
  });

  it('is changed with the scope to write, and read with the scope to read', async () => {
    await put(OFFICE);
    const message = 'The token does not have the scope schedule:write';
    for (const method of ['PUT', 'DELETE']) {
      const refused = await send(method, { body: OFFICE, ifMatch: '"1"', credentials: READER });
      expect(refused).toMatchObject({ status: 403, body: { message } });
      const other = token({ org_id: 'other', scope: 'schedule:write' });
      expect((await send(method, { ifMatch: '"1"', credentials: other })).status).toBe(403);
      expect((await send(method, { ifMatch: '"1"', credentials: 'x' })).status).toBe(401);
    }
    for (const below of ['', '/history'])
      expect(await send('GET', { below, credentials: WRITER })).toMatchObject({
        status: 403,
        body: { message: 'The token does not have the scope reports:read' },
      });
    expect(await send('GET')).toMatchObject({ etag: '"1"' });
  });

  it('is refused with the names of its wrong fields', async () => {
    const versions = [{ hours: 'We 09:00-12:00; We 13:00-17:00' }];
    const message = [
      'timezone must be one IANA time zone name, such as Europe/Berlin or UTC',
      'versions[0].hours names We twice; put its hours into one rule',
    ];
    const body = { statusCode: 400, message, error: 'Bad Request' };
    expect(await put({ versions })).toMatchObject({ status: 400, body });
    expect((await send('GET')).status).toBe(404);
  });

  it.each(['', '{', '{"timezone": }', '\uFEFF'])('must be JSON: %j', async (body) => {
    const answer = await put(body);
    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^The body must be JSON/) as string },
    });
  });

  it('has at most 100 KB, sent with its length or without', async () => {
    const filled = (bytes: number) => JSON.stringify(OFFICE).padEnd(bytes, ' ');
    expect((await put(filled(102_400))).status).toBe(200);
    const tooLarge = { status: 413, body: { message: 'The body must have at most 102400 bytes' } };
    expect(await put(filled(102_401), { ifMatch: '*' })).toMatchObject(tooLarge);
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${product.backend.url}/backend/reports/123456/schedule`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${WRITER}`, 'transfer-encoding': 'chunked' },
      });
      sending.on('response', (response) => void text(response).then(() => resolve(response.statusCode), reject));
      sending.on('error', reject);
      sending.end(filled(1_000_000));
    });
    expect(status).toBe(413);
  });

  it('does not wait for the body of a client that may not change it', async () => {
    for (const [credentials, status] of [
      ['x', '401'],
      [READER, '403'],
    ] as const) {
      const socket = begin(product.backend, credentials);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString('latin1').slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
      socket.destroy();
    }
  });

  it('leaves a line in the log when it changes', async () => {
    const log = new LogLines();
    const of = await Backend.start({ databaseUrl: product.database.url, log: createLogger('info', log) });
    await put(OFFICE, { of });
    await send('DELETE', { ifMatch: '"1"', of });
    const audit = { level: 'info', organization: '123456', changedBy: 'ann' };
    await eventually(() =>
      expect(log.entries.filter(({ msg }) => String(msg).startsWith('Schedule'))).toMatchObject([
        { ...audit, msg: 'Schedule changed', version: 1 },
        { ...audit, msg: 'Schedule deleted', version: 2 },
      ]),
    );
    await of.close();
  });

  it('is not changed by a body that does not arrive', async () => {
    const log = new LogLines();
    const of = await Backend.start({
      databaseUrl: product.database.url,
      log: createLogger('info', log),
      clients: { requestTimeoutMs: 300 },
    });
    const late = begin(of, WRITER);
    const [answer] = (await once(late, 'data')) as [Buffer];
    expect(answer.toString('latin1').slice(0, 12)).toBe('HTTP/1.1 408');
    late.destroy();
    const gone = begin(of, WRITER);
    await once(gone, 'connect');
    gone.destroy();
    await of.close();
    expect(log.all).not.toContain('"level":"error"');
    expect((await send('GET')).status).toBe(404);
  });

  it('that cannot be read or changed is answered with 503 and Retry-After', async () => {
    const proxy = await DatabaseProxy.open(product.database.url);
    const of = await Backend.start({ databaseUrl: proxy.url });
    await put(OFFICE);
    await proxy.cut();
    for (const [method, below] of [
      ['GET', ''],
      ['GET', '/history'],
      ['PUT', ''],
      ['DELETE', ''],
    ] as const)
      expect(
        (await send(method, { below, of, ifMatch: '"1"', ...(method === 'PUT' && { body: OFFICE }) })).status,
      ).toBe(503);
    await proxy.mend();
    expect((await put(OFFICE, { of, ifMatch: '"1"' })).status).toBe(200);
    await of.close();
    await proxy.close();
  });
});
