import { isShown, JANUARY, useAdmin } from '../../support/admin';
import { token } from '../../support/backend';
import { eventually } from '../../support/eventually';
import { PathProxy } from '../../support/path-proxy';

const PATH = '/tools/chat';
const JANUARY_REPORT = 'backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';

describe.each([
  ['strips', true],
  ['keeps', false],
])('a server behind a proxy that %s its path', (_name, strips) => {
  const admin = useAdmin();
  let proxy: PathProxy;
  beforeAll(async () => {
    const backend = await admin.serve(admin.database.url, 0, { basePath: PATH });
    proxy = await PathProxy.open(backend.url, PATH, strips);
  });
  afterAll(() => proxy.close());

  const get = (path: string) => fetch(proxy.url + path, { headers: { authorization: `Bearer ${token()}` } });

  it('shows the page with all its files, and with those that are loaded later', async () => {
    const view = await admin.openView({ query: { ...JANUARY, edges: 'ignore' }, backend: proxy });
    const failures: string[] = [];
    view.page.on('response', (response) => {
      // A page that is loaded again finds that its files have not changed (304).
      if (response.status() >= 400) failures.push(`${response.status()} ${response.url()}`);
    });
    await isShown(view.page);
    await view.expectFiguresOfApi();
    // The explanation is loaded when it is needed.
    await view.page.getByRole('button', { name: 'How is this calculated?' }).click();
    await view.page.getByRole('heading', { name: 'When is chat silent?' }).waitFor();
    await view.page.reload();
    await isShown(view.page);
    expect(failures).toEqual([]);
    expect(view.urls.filter(({ pathname }) => !pathname.startsWith(`${PATH}/`))).toEqual([]);
    const icon = await view.page.locator('link[rel=icon]').evaluate((link) => (link as { href?: string }).href);
    expect((await fetch(icon!)).status).toBe(200);
  });

  it('leads to the description of the API, which can be tried there', async () => {
    const page = await admin.open({ query: JANUARY, backend: proxy });
    await page.getByRole('button', { name: 'How is this calculated?' }).click();
    await page.getByRole('link', { name: 'Get the same figures from the API' }).click();
    await page.getByText('/backend/access').click();
    expect(new URL(page.url()).pathname).toBe(`${PATH}/backend/docs`);
    await page.getByRole('button', { name: 'Try it out' }).click();
    const asking = page.waitForRequest(/access$/);
    await page.getByRole('button', { name: 'Execute' }).click();
    expect((await asking).url()).toBe(`${proxy.url}/backend/access`);
    await page.getByText('Invalid or missing authentication token').first().waitFor();
  });

  it.each(['/backend/docs', '/backend/docs/'])('serves every file of %s', async (path) => {
    const html = await (await get(path)).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => new URL(file!, proxy.url + path));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect([file.href, (await fetch(file)).status]).toEqual([file.href, 200]);
  });

  it('says in its OpenAPI document where it is', async () => {
    const response = await get('/backend/openapi.json');
    const { servers } = (await response.json()) as { servers: { url: string }[] };
    expect(servers.map(({ url }) => new URL(`${url}/`, response.url).href)).toEqual([`${proxy.url}/`]);
    expect((await fetch(new URL(JANUARY_REPORT, `${proxy.url}/`))).status).toBe(401);
  });

  it('leads from the path, with and without a slash, to the page', async () => {
    for (const path of ['', '/', '/admin', '/admin/', '?x=/y', '/admin?org=a%2Fb']) {
      const response = await get(path);
      expect([path, response.status, new URL(response.url).pathname]).toEqual([path, 200, `${PATH}/admin/`]);
    }
    expect((await get('/admin?org=a%2Fb')).url).toBe(`${proxy.url}/admin/?org=a%2Fb`);
  });

  it('answers reports and errors as anywhere else', async () => {
    await eventually(async () => expect((await get('/health/ready')).status).toBe(200));
    expect((await get(`/${JANUARY_REPORT}`)).status).toBe(200);
    const missing = await get('/backend/nothing');
    expect([missing.status, await missing.json()]).toMatchObject([404, { statusCode: 404 }]);
  });
});
