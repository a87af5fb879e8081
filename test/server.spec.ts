import { once } from 'node:events';
import { connect } from 'node:net';
import { token } from './support/backend';
import { useProduct } from './support/product';
import { sendBytes } from './support/wire';

const JANUARY = 'startDate=2023-01-01&endDate=2023-01-31';

describe('the server', () => {
  const product = useProduct();

  it.each([
    '/admin/',
    '/backend/docs',
    '/backend/openapi.json',
    `/backend/reports/123456/chats/availability?${JANUARY}`,
  ])('tells browsers what %s may do: its own scripts, and in nobody’s frame', async (path) => {
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

  it('leads from its root to the admin page, whose files are kept by their names alone', async () => {
    const page = await fetch(`${product.backend.url}/`);
    expect(new URL(page.url).pathname).toBe('/admin/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const [script] = /assets\/[\w-]+\.js/.exec(await page.text())!;
    const asset = await fetch(`${product.backend.url}/admin/${script}`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('gives nothing but the files of the page', async () => {
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
      `${report}/current`,
      `${report}/trend`,
    ]);
    expect(security).toEqual([{ bearer: [] }]);
  });

  it.each([
    ['GET', '{"statusCode":400,"message":"Bad Request"}'],
    ['HEAD', ''],
  ])('says that the connection ends after a %s that is no HTTP', async (method, body) => {
    const { status, text } = await sendBytes(
      product.backend.url,
      Buffer.from(`${method} / HTTP/1.1\r\nbad header\r\n\r\n`),
    );
    const [head, rest] = text.split('\r\n\r\n');
    expect(status).toBe(400);
    expect(head).toMatch(/^Connection: close$/im);
    expect(rest).toBe(body);
  });

  it('closes at once, though a browser has opened a connection and asked nothing', async () => {
    const { hostname, port } = new URL(product.backend.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    const startedAtMs = performance.now();
    await product.backend.close();
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    socket.destroy();
  });
});
