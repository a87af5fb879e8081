import type { Page } from 'playwright-core';
import { violationsOn } from '../support/accessibility';
import { fill, isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';
import { token } from '../support/backend';
import { eventually } from '../support/eventually';

const ORGANIZATIONS = { ...JANUARY, view: 'organizations' };

/** Messages of an organization, this many minutes of January apart. */
function messagesOf(organizationId: string, apartMinutes: number) {
  return Array.from({ length: 5 }, (_, index) => ({
    organizationId,
    channel: 'web',
    sessionId: 's1',
    createdAtMs: Date.UTC(2023, 0, 10, 12, index * apartMinutes),
  }));
}

describe('all organizations on the admin page', () => {
  const admin = useAdmin();
  const open = (ids: string[], query = {}) =>
    admin.open({ claims: { org_id: ids }, query: { ...ORGANIZATIONS, ...query } });
  const names = (page: Page) =>
    page.locator('[data-organization]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-organization')));
  const loaded = (page: Page, count: number) =>
    eventually(async () => expect(await page.locator('[data-organization][aria-busy=false]').count()).toBe(count));

  beforeAll(async () => {
    const recent = { organizationId: 'recent', channel: 'web', sessionId: 's1', createdAtMs: Date.now() - 3_600_000 };
    await fill(admin.database.dataSource, [...messagesOf('good', 1), ...messagesOf('bad', 30), recent]);
  });

  it('are listed with the worst first, by the time that is observed, and those without messages last', async () => {
    const page = await open(['new', 'good', '123456', 'bad'], { edges: 'ignore' });
    await loaded(page, 4);
    expect(await names(page)).toEqual(['bad', '123456', 'good', 'new']);
    const row = (id: string) => page.locator(`[data-organization="${id}"]`).innerText();
    // 4 gaps of 30 minutes in two hours of observed time, each with 28 of downtime.
    expect(await row('bad')).toMatch(/^bad\s+No message since 10 Jan 2023\s+6\.666 %\s+missed\s+1h 52m/);
    expect(await row('good')).toMatch(/^good\s+No message since 10 Jan 2023\s+100 %\s+met\s+none/);
    expect(await row('new')).toMatch(/No messages yet\s+no data/);
    await page.getByText(/^1\s–\s31 Jan 2023, worst first$/).waitFor();
    const [legend, table] = await Promise.all(
      [page.getByRole('main').getByRole('list'), page.getByRole('table')].map((part) => part.boundingBox()),
    );
    expect(table!.y - legend!.y - legend!.height).toBeGreaterThanOrEqual(12);
  });

  it('say for how long they have been silent, and since when if it is long ago', async () => {
    const page = await open(['recent', 'good']);
    await loaded(page, 2);
    expect(await page.locator('[data-organization="recent"]').innerText()).toMatch(/^recent\s+No message for 1h/);
    expect(await page.locator('[data-organization="good"]').innerText()).toMatch(
      /^good\s+No message since 10 Jan 2023/,
    );
  });

  it('are held against the target of the view', async () => {
    const page = await open(['bad'], { edges: 'ignore', target: '6' });
    await page.getByRole('columnheader', { name: 'Target 6 %' }).waitFor();
    await page.getByRole('cell', { name: 'met', exact: true }).waitFor();
  });

  it('have everything on a phone, too', async () => {
    const name = 'acme-customer-support-of-the-north-west';
    const page = await open(['bad', name], { edges: 'ignore' });
    await page.setViewportSize({ width: 375, height: 800 });
    await loaded(page, 2);
    expect(await page.locator('[data-organization="bad"]').innerText()).toMatch(
      /^bad\s+No message since 10 Jan 2023\s+6\.666 %\s+Downtime 1h 52m\s+target missed/,
    );
    const button = page.getByRole('button', { name: `Show the report on ${name}` });
    await eventually(async () =>
      expect(await button.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0),
    );
  });

  it('are measured within their opening hours if they have any', async () => {
    await admin.storeHours('bad', 'Mo-Su 12:00-12:32');
    const page = await open(['good', 'bad'], { edges: 'ignore' });
    await loaded(page, 2);
    // 32 minutes are open: the messages at 12:00 and 12:30 leave 28 down, and nothing is silent for two minutes after.
    await page.locator('[data-organization="bad"]').getByText('12.500 %').waitFor();
  });

  it('open with a click, and close with the back button', async () => {
    const page = await admin.open({ claims: { org_id: ['demo', '123456'] }, query: { ...JANUARY, org: 'demo' } });
    await page.getByRole('combobox', { name: 'Organization' }).click();
    await page.getByRole('option', { name: 'All organizations' }).click();
    await page.getByRole('button', { name: 'Show the report on 123456' }).click();
    await isShown(page);
    await isInUrl(page, 'view', null);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(JANUARY);
    await page.goBack();
    await page.getByRole('heading', { name: 'All organizations' }).waitFor();
  });

  it('are asked for a few at a time, and appear as they arrive', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `new-${index}`);
    const waiting: (() => void)[] = [];
    const page = await admin.open({ claims: null });
    await page.route('**/chats/availability/**', async (route) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await route.continue();
    });
    await page.goto(
      `${admin.backend.url}/admin/?${new URLSearchParams(ORGANIZATIONS).toString()}#token=${token({ org_id: ids })}`,
    );
    await page.getByText('0 of 12 loaded').waitFor();
    await eventually(() => expect(waiting).toHaveLength(4));
    // Each has asked for its state, and asks next for its state without hours and its trend.
    let most = 0;
    for (const atLeast of [1, 6, 11]) {
      await eventually(async () => {
        most = Math.max(most, waiting.length);
        for (const release of waiting.splice(0)) release();
        // The progress disappears with the last of them.
        const [text = '12'] = await page.getByRole('status').allInnerTexts();
        expect(Number(/^\d+/.exec(text)![0])).toBeGreaterThanOrEqual(atLeast);
      });
    }
    expect(most).toBeLessThanOrEqual(4);
  });

  it('show those that cannot be loaded first, with a way to try again', async () => {
    const page = await admin.open({ claims: { org_id: ['demo', '123456'] }, query: JANUARY });
    await isShown(page);
    await page.route('**/reports/demo/**', (route) => route.abort());
    await page.getByRole('combobox', { name: 'Organization' }).click();
    await page.getByRole('option', { name: 'All organizations' }).click();
    const row = page.locator('[data-organization="demo"]');
    await row.getByText('Could not be loaded: The server cannot be reached').waitFor();
    await eventually(async () => expect(await names(page)).toEqual(['demo', '123456']));
    await page.unroute('**/reports/demo/**');
    await row.getByRole('button', { name: 'Try again' }).click();
    await row.getByRole('img').waitFor();
  });

  it('have no violations, and fit a phone with long names', async () => {
    const long = `a-${'very-'.repeat(30)}long-name`;
    const page = await open(['demo', '123456', long, 'مرحبا']);
    await loaded(page, 4);
    expect(await violationsOn(page)).toEqual([]);
    await page.setViewportSize({ width: 375, height: 800 });
    await eventually(async () =>
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375),
    );
  });
});
