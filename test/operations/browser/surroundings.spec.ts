import type { Page } from 'playwright-core';
import { isShown, JANUARY, useAdmin } from '../../support/admin';
import { token } from '../../support/backend';

/** What Chromium throws where it may keep nothing, as with all cookies blocked. */
const BLOCK_STORAGE = `for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied', 'SecurityError'); } });`;

/** Leaves no room for a single character. */
const FILL_STORAGE = `for (const storage of [sessionStorage, localStorage])
  for (let length = 2 ** 23; length >= 1; length = Math.floor(length / 2))
    for (;;) try { storage.setItem('x' + storage.length, 'x'.repeat(length)); } catch { break; }`;

describe('the admin page in an unusual browser', () => {
  const admin = useAdmin();
  const signInLink = (query: Record<string, string>) =>
    `${admin.backend.url}/admin/?${new URLSearchParams(query).toString()}#token=${token({ org_id: ['demo', '123456'] })}`;

  it('shows times in UTC if the time zone of the machine is unknown', async () => {
    const browser = await admin.launch({ TZ: 'Nowhere/Unknown' });
    const page = await browser.newPage();
    await page.goto(signInLink({ org: 'demo' }));
    expect(await page.evaluate('Intl.DateTimeFormat().resolvedOptions().timeZone')).toBe('Etc/Unknown');
    await isShown(page);
    expect(new URL(page.url()).searchParams.get('zone')).toBe('UTC');
    await page.goto(signInLink({ ...JANUARY, zone: 'Etc/Unknown' }));
    await isShown(page);
    await page.getByText('Times in UTC').waitFor();
  });

  it.each([
    ['blocks its storage', BLOCK_STORAGE],
    ['has no room in its storage', FILL_STORAGE],
  ])('signs in until the next reload if the browser %s', async (_name, script) => {
    const context = await admin.newContext();
    await context.addInitScript(script);
    const page = await context.newPage();
    await page.goto(signInLink(JANUARY));
    await isShown(page);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Bearer token or API key').fill(token());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await isShown(page);
  });

  it('shows the same in a browser without Temporal', async () => {
    const context = await admin.newContext();
    await context.addInitScript('delete globalThis.Temporal');
    const page = await context.newPage();
    await page.goto(signInLink(JANUARY));
    await isShown(page);
    expect(await page.evaluate('typeof Temporal')).toBe('undefined');
    await page.getByText('Chat was silent for 45m in January 2023').waitFor();
  });

  it('forgets what is no token in its storage', async () => {
    const context = await admin.newContext();
    await context.addInitScript("sessionStorage.setItem('chat-reports-token', '{\"a\":1}')");
    const page = await context.newPage();
    await page.goto(`${admin.backend.url}/admin/`);
    await page.getByText('This is not a bearer token').waitFor();
  });

  it.each<Record<string, string>>([
    { zone: 'Etc/Unknown' },
    { period: 'constructor', zone: 'toString', edges: 'x', target: '-0' },
    { from: '+275760-09-13', to: '+275760-09-13' },
    { from: '+275760-09-13T00:00:00Z', to: '+275760-09-13T00:00:00Z', zone: 'Pacific/Kiritimati' },
    { from: '1970-01-01', to: '9999-12-31', zone: 'Pacific/Kiritimati' },
    { from: '', to: '' },
    { channel: '\0' },
    { org: '\0' },
  ])('shows something with the filters %j', async (filters) => {
    const page = await admin.open({ query: { ...JANUARY, ...filters } });
    await page.getByRole('button', { name: 'Menu' }).waitFor();
    await page.locator('[data-figure], [role=alert], main h2, main p').filter({ visible: true }).first().waitFor();
    expect(await page.getByText('The page has stopped').count()).toBe(0);
  });

  describe('when it fails', () => {
    /** A part of the page that is gone, as after an update of the server. */
    const openWithoutHours = async (locale = 'en-GB', title = 'The page has stopped'): Promise<Page> => {
      const context = await admin.newContext({ locale });
      const page = await context.newPage();
      await page.route('**/hours-page-*.js', (route) => route.fulfill({ status: 404 }));
      await page.goto(signInLink({ ...JANUARY, view: 'hours' }));
      await page.getByRole('heading', { name: title }).waitFor();
      return page;
    };

    it('says so in the language of the reader', async () => {
      const page = await openWithoutHours('de-DE', 'Die Seite ist stehen geblieben');
      await page.getByRole('button', { name: 'Neu laden' }).waitFor();
    });

    it('says what happened, and goes on after a reload', async () => {
      const page = await openWithoutHours();
      await page.getByText(/hours-page-[\w-]+\.js/).waitFor();
      expect(await page.locator('body').innerText()).not.toContain('eyJ');
      await page.unroute('**/hours-page-*.js');
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.getByRole('heading', { name: 'Opening hours: 123456' }).waitFor();
      expect(new URL(page.url()).searchParams.get('from')).toBe(JANUARY.from);
    });

    it('leads to the page without filters', async () => {
      const page = await openWithoutHours();
      await page.getByRole('link', { name: 'Start without filters' }).click();
      await isShown(page);
      expect(new URL(page.url()).searchParams.get('period')).toBe('30-days');
    });

    it('leads to another session', async () => {
      const page = await openWithoutHours();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('Bearer token or API key').waitFor();
    });

    it('says so if its script cannot be loaded', async () => {
      const page = await (await admin.newContext()).newPage();
      await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }));
      await page.goto(`${admin.backend.url}/admin/`);
      await page.getByText('The page has not loaded').waitFor();
      await page.unroute('**/assets/*.js');
      await page.getByRole('link', { name: 'Reload' }).click();
      await page.getByLabel('Bearer token or API key').waitFor();
    });
  });
});
