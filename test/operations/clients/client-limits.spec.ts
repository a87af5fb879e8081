import { get, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { createLogger } from '../../../src/logging/logger';
import { Backend, token } from '../../support/backend';
import { TestDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { LogLines } from '../../support/log';

const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-12-31';
const CONNECTIONS = 20;
const OUTAGES = 60_000;

describe('clients that take more than their share', () => {
  let database: TestDatabase;
  let backend: Backend;
  let log: LogLines;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(
      `insert into messages (id, organization_id, channel, session_id, created_at) select gen_random_uuid(), '123456', 'web', repeat('s', 240) || n, timestamptz '2023-01-01Z' + n * interval '5 minutes'
       from generate_series(0, ${OUTAGES}) n`,
    );
    log = new LogLines();
    backend = await Backend.start({
      databaseUrl: database.url,
      log: createLogger('info', log),
      clients: { connections: CONNECTIONS, requestTimeoutMs: 300 },
    });
  });
  afterAll(async () => {
    await backend.close();
    await database.drop();
  });

  /** Connects and sends the beginning of a request; the connection stays open. */
  function open(text: string, { url } = backend): { socket: Socket; received: () => string; closed: Promise<void> } {
    const { hostname, port } = new URL(url);
    let received = '';
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    socket.on('data', (data) => (received += data.toString('latin1')));
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
      socket.on('end', () => resolve());
    });
    socket.write(text);
    return { socket, received: () => received, closed };
  }

  const BODY = `POST /backend/access HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"a":`;

  it('get reports compressed if they accept it', async () => {
    const patient = await Backend.start({ databaseUrl: database.url });
    const ask = (encoding: string) =>
      new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token()}`, 'accept-encoding': encoding };
        get(`${patient.url}${REPORT}&limit=1000`, { headers }, (response) => {
          buffer(response).then((body) => resolve({ headers: response.headers, body }), reject);
        });
      });
    const [plain, packed] = [await ask('identity'), await ask('br, gzip')];
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers.vary).toContain('accept-encoding');
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect(packed.body.length).toBeLessThan(plain.body.length / 5);
    await patient.close();
  });

  it.each([
    ['a head that does not end', 'GET / HTTP/1.1\r\nHost: a\r\nX: '],
    ['a body that does not end', BODY],
    [
      'a body without a length that does not end',
      BODY.replace(/Content-Length: \d+\r\n\r\n/, 'Transfer-Encoding: chunked\r\n\r\nF4240\r\n'),
    ],
    ['nothing', ''],
  ])('are disconnected when they send %s, byte by byte', async (_name, text) => {
    const { socket, closed } = open(text);
    const dripping = setInterval(() => text && socket.write('1'), 50);
    await closed;
    clearInterval(dripping);
    socket.destroy();
    expect(log.all).not.toContain('"level":"error"');
  });

  it('get no more connections than the limit allows, until others have ended', async () => {
    const idle = Array.from({ length: CONNECTIONS }, () => open('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'));
    await eventually(() => expect(idle.every(({ received }) => received().includes('200 OK'))).toBe(true));
    const refused = open('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
    await refused.closed;
    expect(refused.received()).toBe('');
    for (const { socket } of idle) socket.destroy();
    await eventually(async () => expect((await fetch(`${backend.url}/health/live`)).status).toBe(200));
  });

  it('have their bodies ignored, of any kind and size', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x/y']) {
      const answer = await fetch(`${backend.url}/backend/access`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{'.repeat(100),
      });
      expect(answer.status).toBe(404);
    }
  });

  it('are disconnected when they do not read their response', async () => {
    const ownLog = new LogLines();
    const patient = await Backend.start({
      databaseUrl: database.url,
      log: createLogger('info', ownLog),
      clients: { idleTimeoutMs: 1_000 },
    });
    const { socket } = open('', patient);
    socket.removeAllListeners('data');
    socket.pause();
    // The responses together are larger than all buffers of a connection.
    socket.write(`GET ${REPORT} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token()}\r\n\r\n`.repeat(4));
    const isOfReport = ({ route }: Record<string, unknown>) => String(route).includes('availability');
    await eventually(() => expect(ownLog.entries.filter(isOfReport).map(({ status }) => status)).toContain(499));
    socket.destroy();
    await patient.close();
  });
});
