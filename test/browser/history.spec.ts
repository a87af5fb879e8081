import type { Page } from 'playwright-core';
import { violationsOn } from '../support/accessibility';
import { fill, isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';

describe('the history on the admin page', () => {
  const admin = useAdmin();
  const strips = (page: Page) => page.getByRole('group', { name: /^Availability;/ }).getByRole('button');
  const names = async (page: Page) =>
    Promise.all((await strips(page).all()).map(async (strip) => (await strip.getAttribute('aria-label'))!));
  const breadcrumb = (page: Page) => page.getByRole('navigation', { name: 'Where you are' });
  const focused = (page: Page) => page.evaluate('document.activeElement.textContent');
  const open = async (query: Record<string, string> = {}) => {
    const page = await admin.open({ query: { ...JANUARY, ...query } });
    await isShown(page);
    return page;
  };

  it('has a strip for each day, names the worst, and opens a day with the messages around its outages', async () => {
    const page = await open();
    const all = await names(page);
    expect(all.length).toBe(31);
    expect(all.filter((name) => name.endsWith(': 100 % available, no outage')).length).toBe(29);
    expect(all[14]).toBe('Sun 15 Jan: 97.916 % available, 30m of downtime in 1 outage');
    await page.getByText('Day with the most downtime: Sun 15 Jan').waitFor();
    await strips(page).nth(19).hover();
    await page.getByText('Fri 20 Jan: 98.958 % available, 15m of downtime in 1 outage').waitFor();
    await strips(page).nth(14).click();
    expect(await breadcrumb(page).innerText()).toMatch(/^2023\s+›\s+Jan\s+›\s+15$/);
    await isInUrl(page, 'day', '2023-01-15');
    expect(await focused(page)).toBe('History of the whole chat');
    await page.getByRole('row', { name: '10:28:00 10:30:00 11:00:00 30m session123' }).waitFor();
    await page.getByRole('button', { name: 'whatsapp' }).first().waitFor();
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByText('Mon 16 Jan: 100 % available, no outage').waitFor();
    await page.getByRole('button', { name: 'All days' }).click();
    await eventually(async () => expect(await strips(page).count()).toBe(31));
    await isInUrl(page, 'day', null);
    await page.goBack();
    await page.getByText('Mon 16 Jan: 100 % available, no outage').waitFor();
  });

  it('says how many days are as bad as the worst', async () => {
    const page = await open({ from: '2023-02-02', to: '2023-02-28' });
    await page.getByText('Day with the most downtime, like 26 others: Thu 2 Feb: 0.000 % available').waitFor();
  });

  it('lists the outage of a day that it began before and ended after', async () => {
    const page = await open({ from: '2023-02-02', to: '2023-02-28', day: '2023-02-10' });
    await page.getByRole('heading', { name: 'Outages on Fri 10 Feb (1)' }).waitFor({ timeout: 10_000 });
  });

  it('leads from a day of the URL to its month and its year, in weeks', async () => {
    const page = await open({ from: '2023-01-10', to: '2023-01-20', day: '2023-01-15' });
    await breadcrumb(page).getByRole('button', { name: 'Jan' }).click();
    await eventually(async () => expect(await strips(page).count()).toBe(31));
    await isInUrl(page, 'from', '2023-01-01');
    await isInUrl(page, 'to', '2023-01-31');
    await isInUrl(page, 'day', null);
    await strips(page).nth(14).click();
    await breadcrumb(page).getByRole('button', { name: '2023' }).click();
    await eventually(async () => expect(await strips(page).count()).toBe(53));
    await strips(page).nth(2).click();
    await isInUrl(page, 'from', '2023-01-09');
    await eventually(async () => expect(await strips(page).count()).toBe(7));
  });

  it('shows an outage that crosses midnight on both days, with its part of each', async () => {
    const at = (createdAt: string) => ({
      organizationId: 'night',
      channel: 'web',
      sessionId: 's1',
      createdAtMs: Date.parse(createdAt),
    });
    await fill(admin.database.dataSource, [at('2023-01-15T22:58:00Z'), at('2023-01-16T02:30:00Z')]);
    const page = await admin.open({
      claims: { org_id: 'night' },
      query: { ...JANUARY, org: 'night', edges: 'ignore', day: '2023-01-15' },
    });
    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('heading', { name: 'Outages on Sun 15 Jan (1)' }).waitFor();
    await history
      .getByText(/^This section is about Sun 15 Jan; .* the tables below are about 1\W+31 Jan 2023\.$/)
      .waitFor();
    const monday = 'Mon 16 Jan, 02:30:00 1h of 3h 30m s1';
    await history.getByRole('row', { name: `22:58:00 23:00:00 ${monday}` }).waitFor();
    await page.getByRole('button', { name: 'Next day' }).click();
    const evening = 'Sun 15 Jan, 23:00:00 02:30:00 2h 30m of 3h 30m s1';
    await history.getByRole('row', { name: `Sun 15 Jan, 22:58:00 ${evening}` }).waitFor();
    const listed = await page.getByRole('group', { name: 'Table of outages' }).locator('tbody tr').allInnerTexts();
    const texts = listed.map((text) => text.split(/\s+/).filter(Boolean).join(' '));
    // The days have as much downtime as in the history.
    expect(texts).toEqual([
      ...['Mon 16 Jan 1 outage, across midnight, 2h 30m', evening],
      ...['Sun 15 Jan 1 outage, across midnight, 1h', `23:00:00 ${monday}`],
    ]);
    // The verdict leads to the day with most of it.
    await page.getByRole('button', { name: 'All days' }).click();
    await page
      .getByRole('region', { name: 'Verdict' })
      .getByRole('link', { name: /^Sun 15 Jan, 23:00/ })
      .click();
    await isInUrl(page, 'day', '2023-01-16');
  });

  it('lists the longest outages of a day first if there are many', async () => {
    const startMs = Date.parse('2023-01-15T01:00:00Z');
    // The later, the longer.
    const messages = Array.from({ length: 13 }, (_, index) => ({
      organizationId: 'many',
      channel: 'web',
      sessionId: `s${index}`,
      createdAtMs: startMs + index * (index + 3) * 120_000,
    }));
    await fill(admin.database.dataSource, messages);
    const query = { ...JANUARY, org: 'many', edges: 'ignore', day: '2023-01-15' };
    const page = await admin.open({ claims: { org_id: 'many' }, query });
    const rows = page.getByRole('region', { name: 'History' }).locator('tbody tr');
    await page.getByText('The 10 longest of 12, longest first.').waitFor();
    expect(await rows.locator('td:last-child').allInnerTexts()).toEqual(
      Array.from({ length: 10 }, (_, index) => `s${11 - index}`),
    );
    await page.getByRole('button', { name: 'Show all in order of time' }).click();
    await eventually(async () => expect(await rows.count()).toBe(12));
    expect(await rows.first().innerText()).toMatch(/s0$/);
  });

  it('names years and months whole on a phone', async () => {
    const page = await open({ to: '2024-01-31' });
    await page.setViewportSize({ width: 375, height: 800 });
    const labels = page.getByRole('group', { name: /^Availability;/ }).locator('li > span[aria-hidden]');
    await labels.getByText('2024', { exact: true }).waitFor();
    await eventually(async () => {
      const isCut = await labels.evaluateAll((all) =>
        all.map((label) => getComputedStyle(label).overflow !== 'visible' && label.scrollWidth > label.clientWidth),
      );
      expect(isCut.length).toBeGreaterThan(52);
      expect(isCut).not.toContain(true);
    });
  });

  it('is a calendar on a phone, in which arrow keys move', async () => {
    const page = await open();
    await page.setViewportSize({ width: 375, height: 800 });
    // January 2023 begins on a Sunday, at the end of the first line.
    await eventually(async () => {
      const [sunday, monday, next] = await strips(page).evaluateAll((all) =>
        all.slice(0, 8).map((one) => one.getBoundingClientRect().left),
      );
      expect(sunday).toBeGreaterThan(next!);
      expect(monday).toBeLessThan(next!);
    });
    await strips(page).first().focus();
    for (const [key, date] of [
      ['ArrowLeft', 'Sun 1 Jan'],
      ['ArrowDown', 'Sun 8 Jan'],
      ['Home', 'Mon 2 Jan'],
      ['ArrowUp', 'Mon 2 Jan'],
      ['ArrowDown', 'Mon 9 Jan'],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(async () =>
        expect(await page.locator('button:focus').getAttribute('aria-label')).toMatch(`${date}: `),
      );
    }
    // On a wide screen, the same day has the tab stop.
    await page.setViewportSize({ width: 1440, height: 800 });
    await eventually(async () => {
      const stop = page.getByRole('group', { name: /^Availability;/ }).locator('button[tabindex="0"]');
      expect(await stop.getAttribute('aria-label')).toMatch('Mon 9 Jan: ');
    });
  });

  it('says what is not known', async () => {
    const page = await open({ from: '2022-12-30', to: '2023-01-02', edges: 'ignore' });
    expect((await names(page)).slice(0, 3)).toEqual([
      'Fri, 30 Dec 2022: no data',
      'Sat, 31 Dec 2022: no data',
      'Sun, 1 Jan 2023: 100 % available, no outage',
    ]);
    await page.getByRole('region', { name: 'History' }).getByText('no data', { exact: true }).waitFor();
    await page.getByText('The first message is from 1 Jan 2023, 00:00').waitFor();
  });

  it('opens a day with the first tap, with all of its outages that a desktop shows', async () => {
    const phone = await admin.open({ query: JANUARY, hasTouch: true, viewport: { width: 375, height: 800 } });
    await isShown(phone);
    await strips(phone).nth(14).tap();
    await breadcrumb(phone).waitFor();
    const row = phone.getByRole('row', { name: '10:30:00 – 11:00:00 Last message: 10:28:00 session123' });
    expect(await row.innerText()).toMatch(/30m$/);
    const bar = row.locator('[style]').last();
    expect((await bar.boundingBox())!.width).toBeGreaterThan(50);
  });

  it.each([
    ['days', {}],
    ['a day', { day: '2023-01-15' }],
    ['weeks', { to: '2023-12-31' }],
    ['hours and weekdays', { history: 'hours' }],
    ['a timeline', { history: 'timeline' }],
    ['minutes', { from: '2023-01-15T10:00:00Z', to: '2023-01-15T11:30:00Z' }],
  ])('shows %s without violations', async (_name, query) => {
    const page = await open(query);
    await page
      .getByText(/messages arrive|never silent/)
      .first()
      .waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('tells when an outage of the timeline was, and how often an hour of a weekday is silent', async () => {
    const page = await open({ history: 'timeline' });
    const timeline = page.getByRole('img', { name: 'Timeline of 2 outages' });
    const { width } = (await timeline.boundingBox())!;
    await timeline.hover({ position: { x: (width * 14.448) / 31, y: 10 } });
    await page.getByText('Sun 15 Jan, 10:30:00 – Sun 15 Jan, 11:00:00: 30m, after conversation session123').waitFor();
    await timeline.click({ position: { x: (width * 14.448) / 31, y: 10 } });
    await page.getByRole('heading', { name: 'Outages on Sun 15 Jan (1)' }).waitFor();
    await page.getByRole('button', { name: 'All days' }).click();
    await page.getByText('Hours × weekdays', { exact: true }).click();
    await page.getByText('Most often silent: Sunday 10:00–11:00: silent for 10 % of the time (30m of 5h)').waitFor();
    await isInUrl(page, 'history', 'hours');
  });

  it('opens the day of an outage on the timeline with the second tap', async () => {
    const query = { ...JANUARY, history: 'timeline' };
    const page = await admin.open({ query, hasTouch: true, viewport: { width: 375, height: 800 } });
    const timeline = page.getByRole('img', { name: 'Timeline of 2 outages' });
    const { width } = (await timeline.boundingBox())!;
    const tap = () => timeline.tap({ position: { x: (width * 14.448) / 31, y: 10 } });
    await tap();
    await page.getByText('Sun 15 Jan, 10:30:00 – Sun 15 Jan, 11:00:00: 30m, after conversation session123').waitFor();
    expect(new URL(page.url()).searchParams.get('day')).toBeNull();
    await tap();
    await page.getByRole('heading', { name: 'Outages on Sun 15 Jan (1)' }).waitFor();
  });

  it('draws what is outside opening hours as closed, and counts the rest', async () => {
    await admin.storeHours('123456', 'Mo-Fr 10:00-11:00');
    const page = await open();
    await page.getByText('outside opening hours', { exact: true }).waitFor();
    const all = await names(page);
    // Its outage is on a Sunday.
    expect(all[14]).toBe('Sun 15 Jan: outside opening hours');
    expect(all[15]).toBe('Mon 16 Jan: 100 % available, no outage');
  });

  it('counts only opening hours for the channels of a day, too', async () => {
    const message = { organizationId: 'shift', channel: 'web', sessionId: 's1' };
    const times = ['2023-01-16T08:00:00Z', '2023-01-16T17:00:00Z'];
    await fill(
      admin.database.dataSource,
      times.map((time) => ({ ...message, createdAtMs: Date.parse(time) })),
    );
    await admin.storeHours('shift', 'Mo 10:00-12:00');
    const query = { ...JANUARY, org: 'shift', day: '2023-01-16' };
    const page = await admin.open({ claims: { org_id: 'shift' }, query });
    const channels = page.getByRole('heading', { name: 'Channels with messages on Mon 16 Jan' }).locator('..');
    await channels.getByText('silent for 1h 58m', { exact: true }).waitFor();
  });
});
