import type { Locator, Page } from 'playwright-core';
import { Temporal } from 'temporal-polyfill';
import { isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';
import type { ShownView } from '../support/shown-view';

const HOUR = 3_600_000;

describe('the filters of the admin page', () => {
  const admin = useAdmin();
  const filtersIn = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
  const openPanel = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const choosePeriod = async (page: Page, name: string) => {
    await openPanel(page, /^Period:/);
    await page.getByRole('button', { name, exact: true }).click();
  };
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
      hours: 'scheduled',
      target: '99.5',
    });
  });

  describe('for a period', () => {
    let page: Page;
    let view: ShownView;
    beforeAll(async () => {
      ({ page, view } = await open({ period: 'last-month' }));
    });

    it.each([
      ['Today', 0, 25],
      ['7 days', 6 * 24 - 1, 7 * 24 + 1],
      ['30 days', 29 * 24 - 1, 30 * 24 + 1],
      ['90 days', 89 * 24 - 1, 90 * 24 + 1],
      ['This month', 0, 31 * 24 + 1],
    ])('ask for %s: from a midnight of the time zone until now', async (name, atLeastHours, atMostHours) => {
      const clickedMs = Date.now();
      await choosePeriod(page, name);
      await eventually(async () => {
        const [startMs, endMs] = askedMs(view);
        expect(endMs).toBeGreaterThanOrEqual(clickedMs);
        expect(endMs).toBeLessThanOrEqual(Date.now());
        expect(endMs - startMs).toBeGreaterThanOrEqual(atLeastHours * HOUR);
        expect(endMs - startMs).toBeLessThanOrEqual(atMostHours * HOUR);
        expect(berlinTime(startMs)).toBe('00:00');
        await view.expectFiguresOfApi(99.5, name === 'This month' ? monthFrom(startMs) : undefined);
      });
    });

    it('ask for the whole last month', async () => {
      await choosePeriod(page, 'Last month');
      await eventually(async () => {
        const [startMs, endMs] = askedMs(view);
        expect([berlinTime(startMs), berlinTime(endMs)]).toEqual(['00:00', '00:00']);
        expect(Math.round((endMs - startMs) / (24 * HOUR))).toBeGreaterThanOrEqual(28);
        await view.expectFiguresOfApi();
      });
    });

    it('lead from month to month, and not beyond the one that goes on', async () => {
      const [, beforeMs] = askedMs(view);
      await page.getByRole('button', { name: 'Next period' }).click();
      await eventually(() => expect(askedMs(view)[0]).toBe(beforeMs));
      expect(filtersIn(page)).toMatchObject({ period: 'this-month' });
      expect(await page.getByRole('button', { name: 'Next period' }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Previous period' }).click();
      await eventually(() => expect(askedMs(view)[1]).toBe(beforeMs));
    });
  });

  it('take dates that are typed or pasted, which begin with those that are shown', async () => {
    const { page, view } = await open(JANUARY);
    await openPanel(page, 'Period: January 2023');
    const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })];
    expect([await from.inputValue(), await to.inputValue()]).toEqual(['2023-01-01', '2023-01-31']);
    await from.fill('2023-01-21');
    await to.fill('2023-01-20');
    await page.getByText('The period must end after it starts').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate("navigator.clipboard.writeText(' 2023-01-15\\n')");
    await from.press('ControlOrMeta+V');
    await eventually(async () => expect(await from.inputValue()).toBe('2023-01-15'));
    await page.keyboard.press('Enter');
    await eventually(async () => {
      expect(filtersIn(page)).toMatchObject({ period: 'custom', from: '2023-01-15', to: '2023-01-20' });
      expect(askedMs(view)).toEqual([Date.parse('2023-01-15'), Date.parse('2023-01-21')]);
      expect((await view.figures())['Total downtime']).toBe('45m');
    });
    await page.getByRole('button', { name: /^Period: 15.?–.?20 Jan 2023$/ }).waitFor();
  });

  it('choose a channel, and all again, and are undone by the back button', async () => {
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
    await isInUrl(page, 'channel', null);
    await page.goBack();
    await eventually(async () => {
      expect(await page.getByRole('combobox', { name: 'Channel' }).inputValue()).toBe('instagram');
      await view.expectFiguresOfApi();
    });
  });

  it('find a channel in any case by what is typed, which replaces what is chosen, and say if there is none', async () => {
    const { page, view } = await open({ channel: 'instagram' });
    const field = page.getByRole('combobox', { name: 'Channel' });
    await field.focus();
    await page.keyboard.type('WHATS');
    await page.getByRole('option', { name: 'whatsapp' }).click();
    await eventually(() => expect(view.asked.searchParams.get('channel')).toBe('whatsapp'));
    // The focus is still there, and the list has closed.
    await eventually(async () => expect(await field.inputValue()).toBe('whatsapp'));
    await page.keyboard.type('fax');
    await page.getByText('No channel matches').waitFor();
  });

  it('take the first channel that matches with the Enter key, and lead on with one press of the Tab key', async () => {
    const { page, view } = await open();
    await page.getByRole('combobox', { name: 'Channel' }).focus();
    await page.keyboard.type('ínsta');
    await page.keyboard.press('Enter');
    await eventually(() => expect(view.asked.searchParams.get('channel')).toBe('instagram'));
    await page.keyboard.type('a');
    await page.getByRole('option', { name: 'whatsapp' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Rules');
  });

  it('take any time zone', async () => {
    const { page, view } = await open();
    await openPanel(page, 'Menu');
    const field = page.getByRole('combobox', { name: 'Time zone' });
    await field.focus();
    await page.keyboard.type('asia/kat');
    await page.getByRole('option', { name: /Kathmandu|Katmandu/ }).click();
    await eventually(() => expect(view.asked.searchParams.get('timezone')).toMatch(/^Asia\/Kath?mandu$/));
  });

  it('choose the time zone, whose days are shown', async () => {
    const query = { ...JANUARY, from: '2023-01-15', to: '2023-01-20', zone: 'Europe/Berlin' };
    const { page, view } = await open(query);
    expect(askedMs(view)[0]).toBe(Date.parse('2023-01-14T23:00:00Z'));
    await page.getByText('11:30:00', { exact: true }).waitFor();
    await openPanel(page, 'Menu');
    await choose(page, 'Time zone', 'UTC');
    await page.getByText('10:30:00', { exact: true }).waitFor();
    expect(askedMs(view)[0]).toBe(Date.parse('2023-01-15T00:00:00Z'));
    expect(view.asked.searchParams.get('timezone')).toBe('UTC');
    await page.getByText('Times in UTC').waitFor();
  });

  it('choose whether silence at the edges counts', async () => {
    // The silence from 10:30 to 11:00 is cut by the start.
    const range = { from: '2023-01-15T10:45:00Z', to: '2023-01-15T12:00:00Z' };
    const { page, view } = await open({ org: '123456', period: 'custom', ...range });
    expect((await view.figures())['Total downtime']).toBe('15m');
    await openPanel(page, 'Rules');
    await page.getByRole('switch', { name: 'Count silence at the edges' }).click();
    await eventually(async () => {
      expect((await view.figures())['Total downtime']).toBe('none');
      expect((await view.figures())['Availability']).toBe('100 %');
      expect(view.asked.searchParams.get('edges')).toBe('ignore');
    });
  });

  it('take a target, against which the budget is counted', async () => {
    const { page, view } = await open(JANUARY);
    await openPanel(page, 'Rules');
    await page.getByLabel('Target').fill('99.9');
    await eventually(async () => {
      expect(filtersIn(page)).toMatchObject({ target: '99.9' });
      // A tenth of a percent of 31 days is 44m 38s, and 45m are gone.
      expect((await view.figures())['Downtime budget left']).toBe('22s over');
      await view.expectFiguresOfApi(99.9);
    });
    const used = page.getByRole('progressbar', { name: 'Share of the error budget used' });
    for (const [target, percentage] of [
      ['100', '100'],
      ['99', '10'],
      ['99.9', '100'],
    ] as const) {
      await page.getByLabel('Target').fill(target);
      await eventually(async () => expect(await used.getAttribute('aria-valuenow')).toBe(percentage));
    }
    await page.getByLabel('Target').fill('150');
    await page.getByText('0.001 to 100 %').waitFor();
    await page.getByLabel('Target').fill('');
    await page.getByLabel('Target').blur();
    expect(await page.getByLabel('Target').inputValue()).toBe('99.9 %');
  });

  it('make a link that shows the same on another machine', async () => {
    const range = { ...JANUARY, from: '2023-01-15', to: '2023-01-20', zone: 'Asia/Kolkata' };
    const query = { ...range, channel: 'web', edges: 'ignore', hours: 'all', target: '97' };
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

  it('can be read on a phone, however long a name is', async () => {
    const org = 'acme-customer-support-international-of-the-north-west-and-the-isles';
    const page = await admin.open({
      claims: { org_id: ['demo', org] },
      query: { ...JANUARY, org, from: '2022-12-15T10:30:00Z', to: '2023-01-20T12:00:00Z' },
      viewport: { width: 375, height: 800 },
    });
    const cutOf = (part: Locator) =>
      part.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
        scrollWidth - clientWidth,
        scrollHeight - clientHeight,
      ]);
    expect(await cutOf(page.getByText(/^15 Dec 2022, 10:30\s–\s20 Jan 2023, 12:00$/).first())).toEqual([0, 0]);
    const organization = page.getByRole('combobox', { name: 'Organization' });
    expect(await organization.getAttribute('title')).toBe(org);
    expect(await organization.evaluate((input) => getComputedStyle(input).textOverflow)).toBe('ellipsis');
    await organization.click();
    expect(await cutOf(page.getByRole('option', { name: org }))).toEqual([0, 0]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
  });

  it('fall back to their defaults where a link is broken', async () => {
    const { page } = await open({ period: 'ever', zone: '+02:00', target: '99.99999', edges: 'x', from: 'a', to: 'b' });
    expect(filtersIn(page)).toMatchObject({ period: '30-days', zone: 'Europe/Berlin', target: '99.5', edges: 'count' });
  });

  it.each([
    ['2999-01-01', '2999-01-02', 'This period has not started yet'],
    ['2023-01-02', '2023-01-01', 'The period must end after it starts'],
    ['2023-01-02', 'abc', 'Choose the first and last day'],
  ])('say why nothing is shown from %s to %s', async (from, to, reason) => {
    const page = await admin.open({ query: { period: 'custom', from, to } });
    await page.getByText(reason).waitFor();
  });
});

/** The length of the month in Berlin that begins at an instant, in milliseconds. */
function monthFrom(startMs: number): number {
  const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO('Europe/Berlin');
  return start.add({ months: 1 }).epochMilliseconds - startMs;
}

function berlinTime(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(ms);
}
