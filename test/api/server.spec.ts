import { once } from 'node:events';
import { connect } from 'node:net';
import { Backend, token } from '../support/backend';
import { useProduct } from '../support/product';
import { makeWaitsEndless } from '../support/waits';
import { sendBytes } from '../support/wire';

const JANUARY = 'startDate=2023-01-01&endDate=2023-01-31';

describe('the server', () => {
  const product = useProduct();
  afterEach(() => jest.restoreAllMocks());

  it.each([
    '/admin/',
    '/backend/docs',
    '/backend/openapi.json',
    `/backend/reports/123456/chats/availability?${JANUARY}`,
  ])('tells browsers that %s may use only its own scripts and may not be framed', async (path) => {
    const headers = { authorization: `Bearer ${token()}` };
    const response = await fetch(product.backend.url + path, { headers });
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy.split(';')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('redirects from its root to the admin page, whose files are cached only if their names have a hash', async () => {
    const page = await fetch(`${product.backend.url}/`);
    expect(new URL(page.url).pathname).toBe('/admin/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const [script] = /assets\/[\w-]+\.js/.exec(await page.text())!;
    const asset = await fetch(`${product.backend.url}/admin/${script}`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    `/backend/reports/123456/chats/availability?${JANUARY}`,
    `/backend/reports/123456/chats/availability?${JANUARY}&format=csv`,
    `/backend/reports/123456/chats/availability/trend?${JANUARY}&interval=day`,
    `/backend/reports/123456/chats/availability/breakdown?${JANUARY}`,
    `/backend/reports/123456/chats/availability/overview?${JANUARY}&interval=day`,
    '/backend/reports/123456/chats/availability/channels',
    '/backend/reports/123456/chats/availability/current',
    '/backend/access',
  ])('keeps %s out of caches', async (path) => {
    const headers = { authorization: `Bearer ${token()}` };
    const response = await fetch(product.backend.url + path, { headers });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('has no page that browses the API if that is off: its address leads to the document', async () => {
    const backend = await Backend.start({ databaseUrl: product.database.url, servesApiDocs: false });
    expect(backend.routes().filter((route) => route.startsWith('/backend/docs'))).toEqual(['/backend/docs GET, HEAD']);
    const response = await fetch(`${backend.url}/backend/docs`);
    expect(new URL(response.url).pathname).toBe('/backend/openapi.json');
    expect(await response.json()).toMatchObject({ openapi: expect.stringMatching(/^3/) as string });
    await backend.close();
  });

  it('serves nothing but the files of the page', async () => {
    for (const path of [
      '/admin/../package.json',
      '/admin/..%2f..%2fpackage.json',
      '/admin/%2e%2e/package.json',
      '/admin/nope',
    ]) {
      const response = await fetch(product.backend.url + path);
      expect([403, 404]).toContain(response.status);
    }
  });

  it('describes every route of the report in its OpenAPI document', async () => {
    const response = await fetch(`${product.backend.url}/backend/openapi.json`);
    const { paths, security } = (await response.json()) as { paths: Record<string, unknown>; security: unknown };
    const report = '/backend/reports/{orgId}/chats/availability';
    expect(Object.keys(paths).sort()).toEqual([
      '/backend/access',
      report,
      `${report}/breakdown`,
      `${report}/channels`,
      `${report}/current`,
      `${report}/current/channels`,
      `${report}/overview`,
      `${report}/trend`,
      '/backend/reports/{orgId}/schedule',
      '/backend/reports/{orgId}/schedule/history',
    ]);
    expect(security).toEqual([{ bearer: [] }]);
  });

  it.each([
    ['GET', '{"statusCode":400,"message":"Bad Request","error":"Bad Request"}'],
    ['HEAD', ''],
  ])('says that the connection ends after a %s that is not HTTP', async (method, body) => {
    const { status, text } = await sendBytes(
      product.backend.url,
      Buffer.from(`${method} / HTTP/1.1\r\nbad header\r\n\r\n`),
    );
    const [head, rest] = text.split('\r\n\r\n');
    expect(status).toBe(400);
    expect(head).toMatch(/^Connection: close$/im);
    expect(rest).toBe(body);
  });

  it('closes without waiting for a browser that has opened a connection and sent nothing', async () => {
    const { hostname, port } = new URL(product.backend.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    makeWaitsEndless(5_000);
    await product.backend.close();
    socket.destroy();
  });
});
