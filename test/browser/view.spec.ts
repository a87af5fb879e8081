import type { Page } from 'playwright-core';
import { violationsOn } from '../support/accessibility';
import { fill, isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';
import { type ShownView } from '../support/shown-view';

describe('what the admin page shows', () => {
  const admin = useAdmin();
  const outages = (page: Page) => page.getByRole('group', { name: 'Table of outages' });
  const cells = (page: Page, column: number) =>
    outages(page).locator(`tbody tr:has(time) td:nth-child(${column})`).allInnerTexts();

  describe('of the published example', () => {
    let view: ShownView;
    let page: Page;
    beforeAll(async () => {
      view = await admin.openView({ query: JANUARY, permissions: ['clipboard-read', 'clipboard-write'] });
      page = view.page;
      await isShown(page);
    });

    it('are its numbers', async () => {
      expect(await view.figures()).toEqual({
        Availability: '99.899 %',
        'Total downtime': '45m',
        Outages: '2',
        'Longest outage': '30m',
        'Mean time to recovery': '22m 30s',
        'Downtime budget left': '2h 58m left',
      });
      // January has 31 days.
      await view.expectFiguresOfApi(99.5, 31 * 86_400_000);
      await view.page.getByText('before: no messages').first().waitFor();
    });

    it.each([375, 768, 900, 1000])('shows all of each outage on a screen of %i pixels', async (width) => {
      const query = { ...JANUARY, from: '2023-01-20T14:50:00Z', to: '2024-01-20', outages: 'longest' };
      const narrow = await admin.open({ query, viewport: { width, height: 900 } });
      await isShown(narrow);
      await eventually(async () => {
        const texts = await outages(narrow).locator('tbody tr').allInnerTexts();
        expect(texts.at(-1)).toContain('before Fri, 20 Jan 2023, 14:50:00');
        expect(texts.at(-1)).toContain('session456');
      });
      const fits = await outages(narrow)
        .locator('td:has(time)')
        .evaluateAll((all) => all.map((cell) => cell.clientWidth > 0 && cell.scrollWidth <= cell.clientWidth));
      expect(fits.length).toBeGreaterThan(0);
      expect(fits).not.toContain(false);
      const bar = outages(narrow).locator('tbody tr:first-child [style*="width: 100%"]');
      expect((await bar.boundingBox())!.width).toBeGreaterThan(50);
    });

    it('lists the outages by day or by length, and copies a conversation', async () => {
      const rows = () => outages(page).locator('tbody tr').allInnerTexts();
      const texts = async () =>
        (await rows()).map((text) =>
          text
            .trim()
            .split(/\s*[\t\n]\s*/)
            .join(' | '),
        );
      expect(await texts()).toEqual([
        'Fri 20 Jan 1 outage, 15m',
        '14:45:00 | 15:00:00 | 15m | session456',
        'Sun 15 Jan 1 outage, 30m',
        '10:30:00 | 11:00:00 | 30m | session123',
      ]);
      await page.getByText('Longest first', { exact: true }).click();
      await eventually(async () =>
        expect(await texts()).toEqual([
          'Sun 15 Jan, 10:30:00 | Sun 15 Jan, 11:00:00 | 30m | session123',
          'Fri 20 Jan, 14:45:00 | Fri 20 Jan, 15:00:00 | 15m | session456',
        ]),
      );
      // What is shown is in the URL.
      expect(new URL(page.url()).searchParams.get('outages')).toBe('longest');
      await page.getByRole('button', { name: 'Copy conversation session456' }).click();
      await page.getByRole('button', { name: 'Copied conversation session456' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe('session456');
    });
  });

  it('compares each figure with the period before, and says which is better', async () => {
    const query = { ...JANUARY, from: '2023-01-20', to: '2023-01-20' };
    const page = await admin.open({ query });
    await isShown(page);
    const figures = page.getByRole('region', { name: 'Figures' });
    expect(await figures.getByText('before: 100 %').count()).toBe(1);
    await eventually(async () => expect(await figures.getByRole('img', { name: 'Worse,' }).count()).toBe(2));
  });

  it('calls nothing worse that reads the same, or than a time that is known in part only', async () => {
    const page = await admin.open({ query: { org: '123456', period: '7-days', zone: 'UTC' } });
    await isShown(page);
    expect(await page.getByText('before: 0.000 %').count()).toBe(1);
    expect(await page.getByRole('img', { name: /^(Worse|Better),$/ }).count()).toBe(0);
    const partly = await admin.open({ query: { ...JANUARY, from: '2023-01-16', to: '2023-01-31' } });
    await isShown(partly);
    const since = partly.getByText(/^before: .+, observed only since 1 Jan 2023$/);
    expect(await since.allInnerTexts()).toEqual([
      'before: 99.861 %, observed only since 1 Jan 2023',
      'before: 1, observed only since 1 Jan 2023',
    ]);
    expect(await partly.getByRole('img', { name: /^(Worse|Better),$/ }).count()).toBe(0);
  });

  it('compares months by outages per day, and says nothing against a period with fewer channels', async () => {
    const sessionId = 's1';
    const daily = (organizationId: string, channel: string, from: string, days: number) =>
      Array.from({ length: days * 24 }, (_, hour) => ({
        organizationId,
        channel,
        sessionId,
        createdAtMs: Date.parse(from) + hour * 3_600_000,
      }));
    await fill(admin.database.dataSource, [
      ...daily('hourly', 'web', '2022-12-31', 60),
      ...daily('growing', 'web', '2022-12-31', 60),
      ...daily('growing', 'fax', '2023-02-01', 28),
    ]);
    const february = { period: 'custom', from: '2023-02-01', to: '2023-02-28', zone: 'UTC' };
    const open = async (org: string) => {
      const page = await admin.open({ claims: { org_id: org }, query: { ...february, org } });
      await isShown(page);
      return page;
    };
    const claims = (page: Page) => page.getByRole('img', { name: /^(Worse|Better),$/ }).count();
    const hourly = await open('hourly');
    // 672 and 744 outages.
    await hourly.getByText('24 a day, before: 24 a day', { exact: true }).waitFor();
    expect(await claims(hourly)).toBe(0);
    const growing = await open('growing');
    await growing.getByText('before: 744, with fewer channels', { exact: true }).waitFor();
    expect(await claims(growing)).toBe(0);
  });

  it('compares nothing with a period in which nothing was observed', async () => {
    const times = ['2022-12-01T00:00:30Z', '2022-12-10T11:00:00Z', '2022-12-31T23:59:30Z', '2023-01-10T10:00:00Z'];
    const message = { organizationId: 'single', channel: 'web', sessionId: 's1' };
    await fill(
      admin.database.dataSource,
      times.map((time) => ({ ...message, createdAtMs: Date.parse(time) })),
    );
    // Between one message and none, there is no time.
    const query = { ...JANUARY, org: 'single', edges: 'ignore' };
    const page = await admin.open({ claims: { org_id: 'single' }, query });
    await isShown(page);
    const figures = await page.getByRole('region', { name: 'Figures' }).innerText();
    expect(figures).toMatch(/Outages\s+0\s/);
    expect(figures).toMatch(/average –\s+before: 2$/);
  });

  it('does not call fewer outages better if they were longer', async () => {
    const at = (startMs: number, hours: number, minutes: number) =>
      Array.from({ length: (hours * 60) / minutes }, (_, index) => ({
        organizationId: 'fewer',
        channel: 'web',
        sessionId: 's1',
        createdAtMs: startMs + index * minutes * 60_000,
      }));
    const start = Date.parse('2023-02-02T00:00:00Z');
    await fill(admin.database.dataSource, [...at(start - 48 * 3_600_000, 48, 4), ...at(start, 24, 60)]);
    const query = { ...JANUARY, org: 'fewer', from: '2023-02-02', to: '2023-02-02' };
    const page = await admin.open({ claims: { org_id: 'fewer' }, query });
    await isShown(page);
    await page.getByText('before: 50.000 %', { exact: true }).waitFor();
    expect(await page.locator('[data-figure="Outages"]').innerText()).toBe('24');
    await page.getByText('before: 360', { exact: true }).waitFor();
    // The availability is worse.
    expect(await page.getByRole('img', { name: /^(Worse|Better),$/ }).count()).toBe(1);
  });

  it('says that there is no such channel, and leads to all', async () => {
    const page = await admin.open({ query: { ...JANUARY, channel: 'never-existed' } });
    const region = page.getByRole('region', { name: 'There is no channel “never-existed”' });
    await region.getByRole('button', { name: 'All channels' }).click();
    await isInUrl(page, 'channel', null);
    await isShown(page);
  });

  it('tells that chat is up, is silent, or never was, and which channels are silent', async () => {
    const [sessionId, now] = ['s1', Date.now()];
    const message = (organizationId: string, channel: string, createdAtMs: number) => ({
      organizationId,
      channel,
      sessionId,
      createdAtMs,
    });
    // Its downtime began two minutes later.
    const silentMs = now - 3 * 3_600_000 - 30_000;
    await fill(admin.database.dataSource, [
      message('alive', 'web', now - 5000),
      message('partly', 'web', now - 5000),
      message('partly', 'whatsapp', silentMs),
      message('silent', 'web', silentMs),
    ]);
    const claims = { org_id: ['alive', 'partly', 'silent', '123456', 'empty'] };
    const shown = async (org: string) => {
      const page = await admin.open({ claims, query: { org, zone: 'UTC' } });
      const region = page.getByRole('region', { name: 'Now' });
      const expectText = (text: RegExp) => eventually(async () => expect(await region.innerText()).toMatch(text));
      return { page, region, expectText, icon: () => page.locator('link[rel=icon]').getAttribute('href') };
    };
    const alive = await shown('alive');
    await alive.expectText(/^Chat is up\s+Last message \d+s ago, in conversation s1$/);
    expect(await alive.icon()).toMatch(/icon-up\.svg$/);
    const partly = await shown('partly');
    await partly.expectText(
      /^Chat is up, but 1 of 2 channels is silent\s+Last message .* s1\s+whatsapp\s*,\s*no message for 3 hrs\s+web\s*,\s*fine$/,
    );
    expect(await partly.icon()).toMatch(/icon-partly\.svg$/);
    await partly.region.getByRole('button', { name: 'whatsapp, no message for 3 hrs' }).click();
    await partly.expectText(/^Channel whatsapp is silent: no message since /);
    await isInUrl(partly.page, 'channel', 'whatsapp');
    const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', timeStyle: 'short' }).format(silentMs);
    const silent = await shown('silent');
    await silent.expectText(
      new RegExp(`^Chat is silent: no message since .*, ${time}\\s+For 3 hours; .* conversation s1$`),
    );
    expect(await silent.icon()).toMatch(/icon-down\.svg$/);
    const dormant = await shown('123456');
    await dormant.expectText(/^Chat has had no message since 31 Jan 2023, 23:59$/);
    expect(await dormant.icon()).toMatch(/icon\.svg$/);
    await (await shown('empty')).expectText(/^No messages yet/);
  });

  it('tells what is now apart from a period that is over', async () => {
    const page = await admin.open({ query: { org: 'demo', period: 'last-month' } });
    await isShown(page);
    const now = page.getByRole('region', { name: 'Now' });
    await now.getByText(/^Now: Chat is /).waitFor();
    await page.getByRole('button', { name: 'Next period' }).click();
    await now.getByText(/^Chat is /).waitFor();
  });

  it('counts an outage that goes on, and marks it', async () => {
    const view = await admin.openView({ query: { org: '123456', period: '7-days' } });
    await isShown(view.page);
    expect(await view.figures()).toMatchObject({ Availability: '0.000 %', Outages: '1' });
    await outages(view.page).getByText('ongoing').first().waitFor();
  });

  it('shows an empty period as empty, and the way to where there are messages', async () => {
    const view = await admin.openView({ query: { org: '123456', period: '7-days', edges: 'ignore', zone: 'UTC' } });
    const { page } = view;
    await page.getByText('No messages in this period', { exact: true }).waitFor();
    expect(await view.figures()).toEqual({});
    await page.getByRole('button', { name: 'Show the 30 days up to then' }).click();
    await eventually(async () => expect((await view.figures())['Total downtime']).toBe('45m'));
  });

  it('shows an organization without messages as one without', async () => {
    const view = await admin.openView({ claims: { org_id: 'empty' } });
    await view.page.getByRole('heading', { name: 'No messages yet: import some' }).waitFor();
    expect(await view.figures()).toEqual({});
  });

  it('explains how it is calculated, and leads to the API, which can be tried there', async () => {
    const page = await admin.open();
    const link = page.getByRole('button', { name: 'How is this calculated?' });
    await link.click();
    await page.getByText('30 minutes, from 10:30 to 11:00').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('button:focus').and(link).waitFor();
    await link.click();
    await page.getByText('30 minutes, from 10:30 to 11:00').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Get the same figures from the API' }).click();
    await page.getByText('/backend/reports/{orgId}/chats/availability/trend').waitFor();
  });

  it('takes names that are no plain words', async () => {
    const names = ['a&b=c/d?#%', '<b>Ü</b> 💬', '../..'];
    const createdAtMs = Date.parse('2023-01-02T10:00:00Z');
    const messages = ['', ...names].flatMap((name, index) =>
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
    await table.getByRole('cell', { name: '(no name)' }).waitFor();
    expect(await table.getByRole('button', { name: '(no name)' }).count()).toBe(0);
    for (const name of names) {
      await table.getByRole('button', { name, exact: true }).click();
      await eventually(async () => {
        expect(new URL(view.page.url()).searchParams.get('channel')).toBe(name);
        expect(view.asked.searchParams.get('channel')).toBe(name);
        expect((await view.figures())['Outages']).toBe('1');
        expect(await cells(view.page, 4)).toEqual([`<i>${name}`]);
      });
    }
  });
});
