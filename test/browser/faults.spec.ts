import type { Page } from 'playwright-core';
import { fill, isShown, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';
import { DatabaseProxy } from '../support/proxy';

describe('the admin page, when things go wrong', () => {
  const admin = useAdmin();
  const chooseUtc = async (page: Page) => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('combobox', { name: 'Time zone' }).click();
    await page.getByRole('option', { name: 'Europe/Berlin' }).click();
    await page.keyboard.press('Escape');
  };

  it('says that the database is away, when to try again, and then does', async () => {
    const proxy = await DatabaseProxy.open(admin.database.url);
    const backend = await admin.serve(proxy.url);
    const view = await admin.openView({ query: JANUARY, backend });
    const { page } = view;
    await isShown(page);
    const figures = await view.figures();
    await proxy.cut();
    await chooseUtc(page);
    const alert = page.getByRole('alert').filter({ hasText: 'The server cannot answer now' });
    await alert.getByText('Try again in 5 seconds').waitFor();
    // What was shown stays, and says of when it is.
    await alert.getByText('The data below is from').waitFor();
    expect(await view.figures()).toEqual(figures);
    await proxy.mend();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await isShown(page);
    expect(await alert.count()).toBe(0);
    await backend.close();
    await proxy.close();
  });

  it('says that the server cannot be reached, keeps what is shown, and goes on when it is back', async () => {
    const backend = await admin.serve(admin.database.url);
    const view = await admin.openView({ query: JANUARY, backend });
    const { page } = view;
    await isShown(page);
    const figures = await view.figures();
    await backend.close();
    // A tab that comes to the front asks anew.
    await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
    const alert = page.getByRole('alert').filter({ hasText: 'The data below is from' });
    await alert.getByText('The server cannot be reached').waitFor();
    expect(await view.figures()).toEqual(figures);
    await page.getByText('Status unknown').waitFor();
    await page.getByRole('button', { name: 'Download CSV' }).click();
    await page
      .getByRole('region', { name: /^Outages of the whole chat/ })
      .getByText('The server cannot be reached')
      .waitFor();
    await admin.serve(admin.database.url, Number(new URL(backend.url).port));
    // The page notices that by itself.
    await eventually(async () => expect(await alert.count()).toBe(0));
  });

  it('says why the server refuses a period, which trying again would not change', async () => {
    const backend = await admin.serve(admin.database.url, 0, { limits: {} });
    const page = await admin.open({ query: { ...JANUARY, from: '2010-01-01' }, backend });
    const alert = page.getByRole('alert');
    await alert.getByText('endDate must be at most 1827 days after startDate').waitFor();
    expect(await alert.getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: /^Period: / }).click();
    await page.getByRole('button', { name: 'Last month' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  it('says that there were too many requests', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    // The network between answers in place of the server.
    const headers = { 'Retry-After': '17' };
    await page.route('**/backend/**', (route) =>
      route.fulfill({ status: 429, headers, json: { message: 'Slow down' } }),
    );
    await chooseUtc(page);
    await page.getByRole('alert').getByText('Too many requests').waitFor();
    await page.getByText('Try again in 17 seconds').waitFor();
  });

  it('says that an answer takes long, and gives up a request whose connection is lost', async () => {
    const { page, urls } = await admin.openView({ query: JANUARY });
    await isShown(page);
    await page.clock.install();
    await page.route('**/overview?*', () => undefined);
    await chooseUtc(page);
    await page.locator('[aria-busy=true]').waitFor();
    await page.clock.fastForward(6_000);
    await page.getByRole('status').getByText('The server takes longer than usual to answer').waitFor();
    await page.clock.fastForward(60_000);
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
    const asked = urls.length;
    await page.unroute('**/overview?*');
    await page.clock.fastForward(2_000);
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    expect(urls.length).toBeGreaterThan(asked);
  });

  it('says that the browser is offline', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    await page.context().setOffline(true);
    await chooseUtc(page);
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
  });

  it('shows shapes while it waits for an organization, and pale what it shows already', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/backend/**', async (route) => {
      await asked;
      await route.continue();
    });
    await chooseUtc(page);
    await page.locator('[aria-busy=true]').waitFor();
    expect(await page.locator('[aria-busy=true] [data-figure]').count()).toBe(6);
    await page.getByRole('combobox', { name: 'Organization' }).click();
    await page.getByRole('option', { name: 'demo' }).click();
    await page.getByText('Loading …').waitFor({ state: 'attached' });
    expect(await page.locator('[data-figure]').count()).toBe(0);
    await page.getByRole('combobox', { name: 'Channel' }).click();
    expect(await page.getByRole('option', { name: 'whatsapp' }).count()).toBe(0);
    answer();
    await page.getByText('No messages in this period', { exact: true }).waitFor();
    expect(await page.locator('[aria-busy=true]').count()).toBe(0);
  });

  it('draws those of 20 000 outages that are seen, whatever they are sorted by', async () => {
    const startMs = Date.parse('2023-01-01');
    const messages = Array.from({ length: 20_001 }, (_, index) => ({
      organizationId: 'slow',
      channel: 'web',
      sessionId: `session${index}`,
      createdAtMs: startMs + index * 130_000,
    }));
    await fill(admin.database.dataSource, messages);
    const query = { ...JANUARY, org: 'slow', edges: 'ignore' };
    const view = await admin.openView({ claims: { org_id: 'slow' }, query });
    const { page } = view;
    await page.getByRole('heading', { name: /^Outages of the whole chat, 1\W+31 Jan 2023 \(20,000\)$/ }).waitFor();
    await page.getByText('Scroll the list to see all 20,000 outages.').waitFor();
    await view.expectFiguresOfApi();
    const table = page.getByRole('group', { name: 'Table of outages' });
    // What makes it quick: neither the table nor the timeline has an element for each outage.
    const expectShown = async (session: string) => {
      await table.getByText(session, { exact: true }).waitFor();
      expect(await table.locator('tbody tr').count()).toBeLessThan(50);
      expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(2_000);
    };
    await expectShown('session19999');
    await table.focus();
    await page.keyboard.press('End');
    await expectShown('session0');
    await page.getByText('Longest first', { exact: true }).click();
    // All are equally long. The list begins with the latest again.
    await expectShown('session19999');
    await page.getByText('Timeline', { exact: true }).click();
    await page.getByRole('img', { name: 'Timeline of 20000 outages' }).hover();
    await page.getByText(/: 10s, after conversation session\d+$/).waitFor();
  });
});
