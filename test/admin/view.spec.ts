import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { eventually, fill, useAdmin } from '../support/admin';
import { token } from '../support/backend';
import { expectDuration } from '../support/shown-view';

const JANUARY = { org: '123456', period: 'custom', from: '2023-01-01', to: '2023-01-31', zone: 'UTC' };

interface Bucket {
  start_time: string;
  availability_percentage: number | null;
  outages: number;
}

describe('what the admin page shows', () => {
  const admin = useAdmin();
  const outages = (page: Page) => page.getByRole('group', { name: 'Table of outages' });
  const cells = (page: Page, column: number) => outages(page).locator(`tbody td:nth-child(${column})`).allInnerTexts();
  const bars = (page: Page) => page.getByRole('list', { name: /^Availability;/ }).getByRole('button');
  const isShown = (page: Page) => page.locator('[data-figure]').first().waitFor();

  it('are the numbers of the published example', async () => {
    const view = await admin.openView({ query: JANUARY });
    await isShown(view.page);
    expect(await view.figures()).toEqual({
      Availability: '99.899 %',
      'Total downtime': '45m',
      Outages: '2',
      'Longest outage': '30m',
      'Mean time to recovery': '22m 30s',
      'Downtime budget left': '2h 58m',
    });
    await view.expectFiguresOfApi();
    await view.page.getByText('before: no messages').first().waitFor();
  });

  it('compares each figure with the period before, and says which is better', async () => {
    const query = { ...JANUARY, from: '2023-01-20', to: '2023-01-20' };
    const page = await admin.open({ query });
    await isShown(page);
    const figures = page.getByRole('region', { name: 'Figures' });
    expect(await figures.getByText('before: 100 %').count()).toBe(1);
    expect(await figures.getByRole('img', { name: 'Worse,' }).count()).toBe(4);
  });

  it('calls nothing worse that reads the same, or than a time that is known in part only', async () => {
    const page = await admin.open({ query: { org: '123456', period: '7-days', zone: 'UTC' } });
    await isShown(page);
    expect(await page.getByText('before: 0.000 %').count()).toBe(1);
    expect(await page.getByRole('img', { name: /^(Worse|Better),$/ }).count()).toBe(0);
    const partly = await admin.open({ query: { ...JANUARY, from: '2023-01-16', to: '2023-01-31' } });
    await isShown(partly);
    expect(await partly.getByText('before: known in part').count()).toBe(6);
  });

  it('has a bar for each day, which says what the API says, and zooms in to it', async () => {
    const view = await admin.openView({ query: JANUARY });
    const { page } = view;
    await isShown(page);
    const response = await fetch(view.asked, { headers: { authorization: `Bearer ${token()}` } });
    const { buckets } = (await response.json()) as { buckets: Bucket[] };
    const names = await Promise.all((await bars(page).all()).map((bar) => bar.getAttribute('aria-label')));
    expect(names.length).toBe(31);
    for (const [index, name] of names.entries()) {
      const { availability_percentage: percentage, outages: count } = buckets[index]!;
      const share = percentage === 100 ? '100 %' : `${(Math.floor(percentage! * 1000) / 1000).toFixed(3)} %`;
      const silence = count === 0 ? 'no outage' : /(\w+ ?\w*) silent in 1 outage/.exec(name!)![0];
      expect(name).toBe(`${index + 1} Jan: ${share} available, ${silence}`);
    }
    await bars(page).nth(14).click();
    await eventually(async () => {
      expect(new URL(page.url()).searchParams.get('from')).toBe('2023-01-15');
      expect(await bars(page).count()).toBe(24);
      expect((await view.figures())['Total downtime']).toBe('30m');
      await view.expectFiguresOfApi();
    });
    await bars(page).nth(10).click();
    await eventually(async () => {
      expect(new URL(page.url()).searchParams.get('from')).toBe('2023-01-15T10:00:00Z');
      expect(await bars(page).count()).toBe(1);
      await view.expectFiguresOfApi();
    });
  });

  it('has a bar for each month of two years, and shows parts without data as such', async () => {
    const page = await admin.open({ query: { ...JANUARY, from: '2022-01-01', to: '2023-12-31', edges: 'ignore' } });
    await isShown(page);
    expect(await bars(page).count()).toBe(24);
    expect(await bars(page).nth(0).getAttribute('aria-label')).toBe('Jan 2022: no data');
    expect(await bars(page).nth(12).getAttribute('aria-label')).toContain('Jan 2023: 99.899 % available');
    await page.getByText('no data: 23').waitFor();
    await page.getByText('The first message is of 1 Jan 2023, 00:00').waitFor();
  });

  it('has a bar for each week of a year', async () => {
    const page = await admin.open({ query: { ...JANUARY, to: '2023-12-31' } });
    await isShown(page);
    expect(await bars(page).count()).toBe(53);
    await page.getByRole('heading', { name: 'Availability by week' }).waitFor();
  });

  it('tells apart the hour that comes twice when clocks go back', async () => {
    const query = { ...JANUARY, org: 'demo', from: '2026-10-25', to: '2026-10-25', zone: 'Europe/Berlin' };
    const page = await admin.open({ query });
    await isShown(page);
    const names = await Promise.all((await bars(page).all()).map((bar) => bar.getAttribute('aria-label')));
    expect(names.length).toBe(25);
    expect(new Set(names.map((name) => name!.split(': ')[0])).size).toBe(25);
  });

  it('zooms in to the part of a day that a bar is of', async () => {
    const range = { from: '2023-01-15T10:45:00Z', to: '2023-01-20T14:50:00Z' };
    const view = await admin.openView({ query: { ...JANUARY, ...range } });
    await isShown(view.page);
    expect(await bars(view.page).nth(0).getAttribute('aria-label')).toContain('15m silent in 1 outage');
    await bars(view.page).nth(0).click();
    await eventually(async () => {
      expect((await view.figures())['Total downtime']).toBe('15m');
      expect((await view.figures())['Outages']).toBe('1');
    });
    // The outage began before the range.
    expect(await cells(view.page, 1)).toEqual(['before 15 Jan 2023, 10:45:00']);
    expect(await view.page.evaluate('document.activeElement.textContent')).toBe('Availability by hour');
  });

  it('tells about a bar or an outage that is pointed at', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    await bars(page).nth(14).hover();
    await page.getByRole('tooltip', { name: '15 Jan: 97.916 % available' }).waitFor();
    const timeline = page.getByRole('img', { name: 'Timeline of 2 outages' });
    const { width } = (await timeline.boundingBox())!;
    await timeline.hover({ position: { x: (width * 14.448) / 31, y: 10 } });
    await page.getByText('15 Jan 2023, 10:30:00 – 15 Jan 2023, 11:00:00: 30m, session session123').waitFor();
  });

  it('lists the outages, sorted as asked, and copies a session', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const page = await admin.open({ query: JANUARY, ...context });
    await isShown(page);
    expect(await cells(page, 1)).toEqual(['20 Jan 2023, 14:45:00', '15 Jan 2023, 10:30:00']);
    expect(await cells(page, 2)).toEqual(['20 Jan 2023, 15:00:00', '15 Jan 2023, 11:00:00']);
    const sortBy = (name: string) => outages(page).getByRole('button', { name, exact: true }).click();
    await sortBy('Length');
    expect(await cells(page, 3)).toEqual(['30m', '15m']);
    await sortBy('Length');
    expect(await cells(page, 3)).toEqual(['15m', '30m']);
    await sortBy('Session');
    expect(await cells(page, 4)).toEqual(['session123', 'session456']);
    expect(await outages(page).locator('th').nth(3).getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Copy session session456' }).click();
    await page.getByRole('button', { name: 'Copied session session456' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('session456');
  });

  it('downloads the CSV of the API', async () => {
    const view = await admin.openView({ query: { ...JANUARY, channel: 'whatsapp', to: '2023-01-02' } });
    await isShown(view.page);
    const downloading = view.page.waitForEvent('download');
    await view.page.getByRole('button', { name: 'Download CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('outages_123456_whatsapp_2023-01-01_2023-01-02.csv');
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv).toBe(await view.csv());
    expect(csv.split('\r\n').length).toBeGreaterThan(100);
  });

  it('lists the channels, the worst first, and filters by one', async () => {
    const view = await admin.openView({ query: { ...JANUARY, to: '2023-01-02' } });
    const { page } = view;
    await isShown(page);
    const table = page.getByRole('group', { name: 'Table of channels' });
    expect(await table.locator('tbody td:nth-child(1)').allInnerTexts()).toEqual(['whatsapp', 'web']);
    const [share, silent, count] = await table
      .locator('tbody tr')
      .first()
      .locator('td:not(:first-child)')
      .allInnerTexts();
    await table.getByRole('button', { name: 'whatsapp' }).click();
    await eventually(async () => {
      expect(new URL(page.url()).searchParams.get('channel')).toBe('whatsapp');
      const { down_times, total_down_time } = await view.report();
      expect(await view.figures()).toMatchObject({ Availability: share, 'Total downtime': silent, Outages: count });
      expect(count).toBe(down_times.length.toLocaleString('en-GB'));
      expectDuration(silent!, total_down_time);
    });
    await page.getByRole('button', { name: 'All channels' }).click();
    await eventually(() => Promise.resolve(expect(new URL(page.url()).searchParams.has('channel')).toBe(false)));
  });

  it('tells that chat is up, is silent, or never was', async () => {
    const at = Date.now() - 5000;
    await fill(admin.database.dataSource, [
      { organizationId: 'alive', channel: 'web', sessionId: 's1', createdAtMs: at },
    ]);
    const claims = { org_id: ['alive', '123456', 'empty'] };
    const now = async (org: string) => {
      const page = await admin.open({ claims, query: { org, zone: 'UTC' } });
      const state = page.getByRole('region', { name: 'Now' });
      await state.waitFor();
      return state.innerText();
    };
    expect(await now('alive')).toMatch(/^Chat is up\s+Last message \d+s ago, in session s1$/);
    expect(await now('123456')).toMatch(
      /^Chat has been silent since 1 Feb 2023, 00:01\s+For \d+ years .+; the last message was in session session789$/,
    );
    expect(await now('empty')).toMatch(/^No messages yet/);
  });

  it('counts an outage that goes on, and marks it', async () => {
    const view = await admin.openView({ query: { org: '123456', period: '7-days' } });
    await isShown(view.page);
    expect(await view.figures()).toMatchObject({ Availability: '0.000 %', Outages: '1' });
    await outages(view.page).getByText('ongoing').waitFor();
  });

  it('shows an empty period as empty, and the way to where there are messages', async () => {
    const view = await admin.openView({ query: { org: '123456', period: '7-days', edges: 'ignore', zone: 'UTC' } });
    const { page } = view;
    await page.getByText('No messages in this period', { exact: true }).waitFor();
    expect(await view.figures()).toEqual({});
    await page.getByRole('button', { name: 'Show the 30 days up to it' }).click();
    await eventually(async () => expect((await view.figures())['Total downtime']).toBe('45m'));
  });

  it('shows an organization without messages as one without', async () => {
    const view = await admin.openView({ claims: { org_id: 'empty' } });
    await view.page.getByText('No messages in this period', { exact: true }).waitFor();
    await view.page.getByText('Without messages, nothing can be said').waitFor();
    expect(await view.figures()).toEqual({});
  });

  it('leads to the description of the API, which can be tried there', async () => {
    const page = await admin.open();
    await page.getByRole('link', { name: 'API' }).click();
    await page.getByText('/backend/reports/{orgId}/chats/availability/trend').waitFor();
  });

  it('takes names that are no plain words', async () => {
    const names = ['', 'a&b=c/d?#%', '<b>Ü</b> 💬', '../..'];
    const createdAtMs = Date.parse('2023-01-02T10:00:00Z');
    const messages = names.flatMap((name, index) =>
      [0, 600_000].map((ms) => ({
        organizationId: '../ö?&#%2F',
        channel: name,
        sessionId: `<i>${name}`,
        createdAtMs: createdAtMs + ms + index,
      })),
    );
    await fill(admin.database.dataSource, messages);
    const query = { ...JANUARY, org: '../ö?&#%2F', edges: 'ignore' };
    const view = await admin.openView({ claims: { org_id: ['demo', '../ö?&#%2F'] }, query });
    const table = view.page.getByRole('group', { name: 'Table of channels' });
    await table.waitFor();
    for (const name of names) {
      await table.getByRole('button', { name: name || '(no name)', exact: true }).click();
      await eventually(async () => {
        expect(new URL(view.page.url()).searchParams.get('channel')).toBe(name);
        expect(view.asked.searchParams.get('channel')).toBe(name);
        expect((await view.figures())['Outages']).toBe('1');
        expect(await cells(view.page, 4)).toEqual([`<i>${name}`]);
      });
    }
  });
});
