import type { Page } from 'playwright-core';
import { eventually, useAdmin } from '../support/admin';
import type { ShownView } from '../support/shown-view';

const HOUR = 3_600_000;

describe('the filters of the admin page', () => {
  const admin = useAdmin();
  const isShown = (page: Page) => page.locator('[data-figure]').first().waitFor();
  const filtersIn = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
  const choose = async (page: Page, filter: string, option: string) => {
    await page.getByRole('combobox', { name: filter }).click();
    await page.getByRole('option', { name: option }).click();
  };
  const open = async (query: Record<string, string> = {}) => {
    const view = await admin.openView({ query });
    await isShown(view.page);
    return { page: view.page, view };
  };
  const askedMs = (view: ShownView) =>
    ['startDate', 'endDate'].map((name) => Date.parse(view.asked.searchParams.get(name)!)) as [number, number];

  it('are all in the URL from the start', async () => {
    const { page } = await open();
    expect(filtersIn(page)).toEqual({
      org: 'demo',
      period: '30-days',
      zone: 'Europe/Berlin',
      edges: 'count',
      target: '99.5',
    });
  });

  it.each([
    ['Today', 0, 25, 'hour'],
    ['7 days', 6 * 24 - 1, 7 * 24 + 1, 'day'],
    ['30 days', 29 * 24 - 1, 30 * 24 + 1, 'day'],
    ['90 days', 89 * 24 - 1, 90 * 24 + 1, 'day'],
    ['This month', 0, 31 * 24 + 1, 'day'],
  ])('ask for %s: from a midnight of the time zone until now', async (name, atLeastHours, atMostHours, interval) => {
    const { page, view } = await open({ period: 'last-month' });
    await page.getByText(name, { exact: true }).click();
    await eventually(async () => {
      const [startMs, endMs] = askedMs(view);
      expect(Math.abs(Date.now() - endMs)).toBeLessThan(60_000);
      expect(endMs - startMs).toBeGreaterThanOrEqual(atLeastHours * HOUR);
      expect(endMs - startMs).toBeLessThanOrEqual(atMostHours * HOUR);
      expect(berlinTime(startMs)).toBe('00:00');
      // In the first hours of a month, the month is short.
      if (name !== 'This month') expect(view.asked.searchParams.get('interval')).toBe(interval);
      await view.expectFiguresOfApi();
    });
  });

  it('ask for the whole last month', async () => {
    const { page, view } = await open();
    await page.getByText('Last month', { exact: true }).click();
    await eventually(async () => {
      const [startMs, endMs] = askedMs(view);
      expect([berlinTime(startMs), berlinTime(endMs)]).toEqual(['00:00', '00:00']);
      expect(Math.round((endMs - startMs) / (24 * HOUR))).toBeGreaterThanOrEqual(28);
      await view.expectFiguresOfApi();
    });
  });

  it('take a custom range from a calendar', async () => {
    const { page, view } = await open({
      org: '123456',
      period: 'custom',
      from: '2023-01-01',
      to: '2023-01-31',
      zone: 'UTC',
    });
    await view.expectFiguresOfApi();
    await page.getByLabel('From and to').click();
    await page.getByRole('button', { name: '15 January 2023', exact: true }).click();
    await page.getByRole('button', { name: '20 January 2023', exact: true }).click();
    await eventually(async () => {
      expect(filtersIn(page)).toMatchObject({ period: 'custom', from: '2023-01-15', to: '2023-01-20' });
      expect(askedMs(view)).toEqual([Date.parse('2023-01-15'), Date.parse('2023-01-21')]);
      expect((await view.figures())['Total downtime']).toBe('45m');
    });
  });

  it('begin a custom range with what is shown', async () => {
    const { page, view } = await open({ period: 'last-month' });
    const before = askedMs(view);
    await page.getByText('Custom', { exact: true }).click();
    await page.getByLabel('From and to').waitFor();
    await eventually(() => Promise.resolve(expect(filtersIn(page)).toMatchObject({ period: 'custom' })));
    await eventually(() => Promise.resolve(expect(askedMs(view)).toEqual(before)));
  });

  it('choose a channel, and all again', async () => {
    const { page, view } = await open();
    await choose(page, 'Channel', 'instagram');
    await eventually(async () => {
      expect(view.asked.searchParams.get('channel')).toBe('instagram');
      await view.expectFiguresOfApi();
    });
    await choose(page, 'Channel', 'All channels');
    await eventually(async () => {
      expect(view.asked.searchParams.has('channel')).toBe(false);
      await view.expectFiguresOfApi();
    });
  });

  it('choose the time zone, whose days are shown', async () => {
    const range = { org: '123456', period: 'custom', from: '2023-01-15', to: '2023-01-20' };
    const { page, view } = await open({ ...range, zone: 'Europe/Berlin' });
    expect(askedMs(view)[0]).toBe(Date.parse('2023-01-14T23:00:00Z'));
    await page.getByText('15 Jan 2023, 11:30:00').waitFor();
    await choose(page, 'Time zone', 'UTC');
    await page.getByText('15 Jan 2023, 10:30:00').waitFor();
    expect(askedMs(view)[0]).toBe(Date.parse('2023-01-15T00:00:00Z'));
    expect(view.asked.searchParams.get('timezone')).toBe('UTC');
    await page.getByText('Times in UTC').waitFor();
  });

  it('choose whether silence at the edges counts', async () => {
    // The silence from 10:30 to 11:00 is cut by the start.
    const range = { from: '2023-01-15T10:45:00Z', to: '2023-01-15T12:00:00Z' };
    const { page, view } = await open({ org: '123456', period: 'custom', ...range });
    expect((await view.figures())['Total downtime']).toBe('15m');
    await page.getByRole('switch', { name: 'Count silence at the edges' }).click();
    await eventually(async () => {
      expect((await view.figures())['Total downtime']).toBe('none');
      expect((await view.figures())['Availability']).toBe('100 %');
      expect(view.asked.searchParams.get('edges')).toBe('ignore');
    });
  });

  it('take a target, against which the budget is counted', async () => {
    const { page, view } = await open({
      org: '123456',
      period: 'custom',
      from: '2023-01-01',
      to: '2023-01-31',
      zone: 'UTC',
    });
    await page.getByLabel('Target').fill('99.9');
    await eventually(async () => {
      expect(filtersIn(page)).toMatchObject({ target: '99.9' });
      // A tenth of a percent of 31 days is 44m 38s, and 45m are gone.
      expect((await view.figures())['Downtime budget left']).toBe('−21s');
      await view.expectFiguresOfApi(99.9);
    });
    await page.getByLabel('Target').fill('150');
    await page.getByText('0.001 to 100 %').waitFor();
    await page.getByLabel('Target').fill('');
    await page.getByLabel('Target').blur();
    expect(await page.getByLabel('Target').inputValue()).toBe('99.9 %');
  });

  it('are undone by the back button', async () => {
    const { page, view } = await open();
    await choose(page, 'Channel', 'web');
    await eventually(() => Promise.resolve(expect(view.asked.searchParams.get('channel')).toBe('web')));
    await page.goBack();
    await eventually(async () =>
      expect(await page.getByRole('combobox', { name: 'Channel' }).inputValue()).toBe('All channels'),
    );
  });

  it('make a link that shows the same on another machine', async () => {
    const query = {
      org: '123456',
      period: 'custom',
      from: '2023-01-15',
      to: '2023-01-20',
      channel: 'web',
      edges: 'ignore',
      target: '97',
      zone: 'Asia/Kolkata',
    };
    const { page, view } = await open(query);
    const abroad = await admin.openView({
      query: filtersIn(page),
      timezoneId: 'America/New_York',
    });
    await isShown(abroad.page);
    expect(filtersIn(abroad.page)).toEqual(query);
    expect(await abroad.figures()).toEqual(await view.figures());
    expect(askedMs(view)[0]).toBe(Date.parse('2023-01-14T18:30:00Z'));
  });

  it('fall back to their defaults where a link is broken', async () => {
    const { page } = await open({ period: 'ever', zone: '+02:00', target: '99.99999', edges: 'x', from: 'a', to: 'b' });
    expect(filtersIn(page)).toMatchObject({ period: '30-days', zone: 'Europe/Berlin', target: '99.5', edges: 'count' });
  });

  it.each([
    ['2999-01-01', '2999-01-02', 'This period has not begun'],
    ['2023-01-02', '2023-01-01', 'This period has to end after it begins'],
    ['2023-01-02', 'abc', 'Choose the first and the last day'],
  ])('say why nothing is shown from %s to %s', async (from, to, reason) => {
    const page = await admin.open({ query: { period: 'custom', from, to } });
    await page.getByText(reason).waitFor();
  });
});

function berlinTime(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(ms);
}
