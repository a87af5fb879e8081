import { readFileSync } from 'node:fs';
import { fill, isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';
import { token } from '../support/backend';
import { eventually } from '../support/eventually';
import { expectDuration } from '../support/shown-view';

describe('the tables of the admin page', () => {
  const admin = useAdmin();

  it('lists the channels, the worst first, and filters by one', async () => {
    const view = await admin.openView({ query: { ...JANUARY, to: '2023-01-02' } });
    const { page } = view;
    await isShown(page);
    const table = page.getByRole('group', { name: 'Table of channels' });
    expect(await table.locator('tbody td:nth-child(1)').allInnerTexts()).toEqual(['whatsapp', 'web']);
    await page
      .getByText('Silent means no message on any channel for more than 2 minutes; the first 2 do not count.')
      .waitFor();
    const changes = table.getByTitle('No messages in the previous period');
    expect(await changes.allInnerTexts()).toEqual(['–', '–']);
    const [share, , silent, count] = await table
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
      expect(
        await page.getByText('Silent means no message for more than 2 minutes; the first 2 do not count.').count(),
      ).toBe(1);
    });
    await page.getByRole('button', { name: 'All channels' }).click();
    await isInUrl(page, 'channel', null);
  });

  it('downloads the CSV of the API', async () => {
    const view = await admin.openView({ query: { ...JANUARY, channel: 'whatsapp', to: '2023-01-02' } });
    await isShown(view.page);
    const downloading = view.page.waitForEvent('download');
    await view.page.getByRole('button', { name: 'Download CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('outages_123456_whatsapp_2023-01-01_2023-01-02.csv');
    const csv = readFileSync(await download.path(), 'utf8');
    // Without the mark, Excel would not take it as UTF-8.
    expect(csv).toBe(`\ufeff${await view.csv()}`);
    expect(csv.split('\r\n').length).toBeGreaterThan(100);
  });

  it('links a conversation to where the server says it is', async () => {
    const conversationUrl = 'https://chat.example/inbox/{session_id}';
    const backend = await admin.serve(admin.database.url, 0, { conversationUrl });
    const page = await admin.open({ query: JANUARY, backend });
    await isShown(page);
    const link = page.getByRole('group', { name: 'Table of outages' }).getByRole('link', { name: 'session456' });
    expect(await link.getAttribute('href')).toBe('https://chat.example/inbox/session456');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });

  it('have all of 200 channels, of which the document has those that are seen, and fold those without messages', async () => {
    const createdAtMs = Date.parse('2023-01-02T10:00:00Z');
    const messages = Array.from({ length: 200 }, (_, index) => ({
      organizationId: 'wide',
      channel: `channel-${String(index).padStart(3, '0')}`,
      sessionId: 's1',
      // Half of them have no message in the period.
      createdAtMs: index < 100 ? createdAtMs + index : createdAtMs + 40 * 86_400_000,
    }));
    await fill(admin.database.dataSource, messages);
    const page = await admin.open({ claims: { org_id: 'wide' }, query: { ...JANUARY, org: 'wide' } });
    await isShown(page);
    const table = page.getByRole('group', { name: 'Table of channels' });
    const rows = table.locator('tbody tr:not([aria-hidden])');
    await page.getByText('Not listed: 100 without data.').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('region', { name: 'The 10 worst of 100 active channels, by availability' }).waitFor();
    await page.emulateMedia({ media: 'screen' });
    const asked: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname.endsWith('/trend')) asked.push(url.searchParams.get('channel')!);
    });
    await table.scrollIntoViewIfNeeded();
    await rows.nth(9).getByRole('img').waitFor();
    // All are equally bad; the one with the latest message comes first.
    expect(await rows.first().innerText()).toMatch(/^channel-099\s+since 2 Jan\s/);
    expect(await rows.count()).toBeLessThan(50);
    expect(await table.getByRole('table').getAttribute('aria-rowcount')).toBe('101');
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.getByRole('button', { name: 'Hide them' }).waitFor();
    // From then on, requests would not have to wait for their turn.
    await page.waitForTimeout(1000);
    await page.evaluate(SCROLL_TO_END);
    await table.getByText('channel-199').waitFor();
    const height = (await rows.last().boundingBox())!.height;
    await page.getByRole('button', { name: 'Longest' }).click();
    await isInUrl(page, 'channels-by', 'longest');
    expect(height).toBe(44);
    // Rows that are scrolled past ask for nothing.
    expect(asked.filter((name) => name < 'channel-087' || (name > 'channel-099' && name < 'channel-170'))).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search channels' }).fill('EL-07');
    await eventually(async () => expect(await rows.count()).toBe(10));
    await isInUrl(page, 'channels', 'EL-07');
  });

  it('compare channels with nothing while the period before is unknown, rather than with the last one shown', async () => {
    const page = await admin.open({ query: { org: 'demo' } });
    await isShown(page);
    const table = page.getByRole('group', { name: 'Table of channels' });
    const changes = table.locator('tbody tr:not([aria-hidden]) td:nth-child(3)');
    await eventually(async () => expect((await changes.allInnerTexts()).join(' ')).toMatch(/^(-\d\.\d{3} ?){3}$/));
    const title = page.getByRole('heading', { name: /^Outages of the whole chat/ });
    const lastTitle = await title.innerText();
    const verdicts = page.getByRole('region', { name: 'Figures' }).getByRole('img');
    expect(await verdicts.count()).toBeGreaterThan(0);
    await page.route('**/breakdown?*', () => undefined);
    await page.getByRole('button', { name: /^Period: / }).click();
    await page.getByRole('button', { name: '7 days' }).click();
    await eventually(async () => expect(await title.innerText()).not.toBe(lastTitle));
    // Read once: after a minute, the request is given up, and there is nothing to compare with anyway.
    expect(await changes.allInnerTexts()).toEqual(['–', '–', '–']);
    expect(await verdicts.count()).toBe(0);
  });

  it.each([375, 1440])(
    'outline the strips of channels until they are known, on a screen of %i pixels',
    async (width) => {
      const page = await admin.open({ claims: null, viewport: { width, height: 800 } });
      let answer!: () => void;
      const isAnswered = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/trend?*', async (route) => {
        await isAnswered;
        await route.continue();
      });
      await page.goto(`${admin.backend.url}/admin/?${new URLSearchParams(JANUARY).toString()}#token=${token()}`);
      await isShown(page);
      const cell = page.getByRole('group', { name: 'Table of channels' }).locator('tbody tr td:nth-child(2)').first();
      await cell.scrollIntoViewIfNeeded();
      await cell.locator('[data-waiting]').waitFor();
      // No other bar takes the place of the strip.
      expect(await cell.locator('svg, [role=img]').count()).toBe(0);
      answer();
      await cell.getByRole('img').waitFor();
      expect(await cell.locator('[data-waiting]').count()).toBe(0);
    },
  );

  it('print on one page, with the longest outages and the worst channels, and without controls', async () => {
    const messages = Array.from({ length: 40 }, (_, index) => ({
      organizationId: 'printed',
      channel: `channel-${index % 20}`,
      sessionId: `session-${index}`,
      createdAtMs: Date.UTC(2023, 0, 10, index),
    }));
    await fill(admin.database.dataSource, messages);
    const query = { ...JANUARY, org: 'printed', edges: 'ignore' };
    const page = await admin.open({ claims: { org_id: 'printed' }, query, colorScheme: 'dark' });
    await isShown(page);
    expect(pagesOf(await page.pdf({ format: 'A4' }))).toBe(1);
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    for (const name of ['The 10 longest outages', 'The 10 worst channels, by availability']) {
      const region = page.getByRole('region', { name });
      expect(await region.locator('tbody tr').count()).toBe(10);
      expect(await region.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
    for (const role of ['combobox', 'radio', 'searchbox'] as const) expect(await page.getByRole(role).count()).toBe(0);
    // The links of the verdict are its words.
    const linked = await page.getByRole('link').allInnerTexts();
    expect(linked).toEqual(await page.getByRole('region', { name: 'Verdict' }).getByRole('link').allInnerTexts());
    expect(linked).toHaveLength(3);
    for (const name of ['Verdict', 'Figures']) expect(await page.getByRole('region', { name }).isVisible()).toBe(true);
    expect(
      await page
        .getByText('Silent means no message on any channel for more than 2 minutes; the first 2 do not count.')
        .isVisible(),
    ).toBe(true);
  });

  it('print an opened day on one page, with its outages instead of those of the period', async () => {
    const page = await admin.open({ query: { ...JANUARY, day: '2023-01-15' } });
    await isShown(page);
    await page.getByRole('heading', { name: 'Channels with messages on Sun 15 Jan' }).waitFor();
    expect(pagesOf(await page.pdf({ format: 'A4' }))).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: 'Outages on Sun 15 Jan (1)' }).isVisible()).toBe(true);
    expect(await page.getByRole('region', { name: /longest outages$/ }).count()).toBe(0);
    const about = page.getByText(
      /^This section is about Sun 15 Jan; the verdict and the figures above are about 1\W+31 Jan/,
    );
    expect(await about.isVisible()).toBe(true);
  });

  it('have all figures of a channel on a phone, and sort by any of them', async () => {
    const page = await admin.open({ query: JANUARY, viewport: { width: 375, height: 800 } });
    await isShown(page);
    const table = page.getByRole('group', { name: 'Table of channels' });
    const row = table.getByRole('row').filter({ hasText: 'whatsapp' });
    const figures = [
      /^whatsapp$/,
      /^[\d,]+ outages$/,
      /^longest \d/,
      /^last on .*\d\d:\d\d$/,
      /\d %/,
      /^silent for \d/,
    ];
    for (const text of figures) {
      const figure = row.getByText(text);
      const cut = await figure.evaluate((element) =>
        element.scrollWidth > element.clientWidth ? element.outerHTML : '',
      );
      expect(cut).toBe('');
    }
    await page.getByRole('combobox', { name: 'Order of channels' }).click();
    await page.getByRole('option', { name: 'By name' }).click();
    await isInUrl(page, 'channels-by', 'channel');
    await eventually(async () =>
      expect(await table.getByRole('button', { name: /^(web|whatsapp)$/ }).allInnerTexts()).toEqual([
        'web',
        'whatsapp',
      ]),
    );
  });

  it('and all else fit every screen with long, emoji and right-to-left names, which are whole on hover', async () => {
    const long = `${'unbroken'.repeat(20)}end`;
    // Chat stops for longest in the last one.
    const names = ['a', '👩‍👩‍👧‍👦💬'.repeat(30), 'قناة الدعم الفني '.repeat(10).trim(), long];
    const organizationId = `org-${long}`;
    const createdAtMs = Date.parse('2023-01-10T10:00:00Z');
    const messages = names.flatMap((name, index) =>
      [0, 1, 2].map((hour) => ({
        organizationId,
        channel: name,
        sessionId: name,
        createdAtMs: createdAtMs + hour * 3_600_000 + index * 600_000,
      })),
    );
    await fill(admin.database.dataSource, messages);
    const claims = { org_id: [organizationId, 'demo'] };
    const page = await admin.open({ claims, query: { ...JANUARY, org: organizationId } });
    await isShown(page);
    for (const width of [375, 768, 1024, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      // Drawings are measured again after they are resized.
      await eventually(async () => expect([width, ...(await page.evaluate<string[]>(CUT_OFF))]).toEqual([width]));
    }
    const table = page.getByRole('group', { name: 'Table of channels' });
    for (const name of names) {
      await table.getByTitle(name, { exact: true }).waitFor();
      await table.getByRole('button', { name, exact: true }).waitFor();
    }
    await fill(
      admin.database.dataSource,
      messages.map((message) => ({ ...message, createdAtMs: Date.now() })),
    );
    const present = await admin.open({ claims, query: { org: organizationId, period: 'today' } });
    await present.getByRole('group', { name: 'Channels now' }).waitFor();
    expect(await present.locator('[aria-label="Channels now"] button').count()).toBe(names.length);
    // A name that is cut takes no more room than what is seen of it.
    expect(await present.evaluate<number>(LARGEST_ROOM)).toBeLessThan(30);
  });

  it('have room for durations in German, on paper, too', async () => {
    const page = await admin.open({ query: { org: 'demo' }, locale: 'de-DE' });
    await page.locator('[data-loading]').first().waitFor({ state: 'detached' });
    await page.getByText('1 Ausfall').first().waitFor();
    for (const width of [375, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await eventually(async () => expect([width, ...(await page.evaluate<string[]>(CUT_CELLS))]).toEqual([width]));
    }
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading', { name: 'längsten Ausfälle' }).waitFor();
    expect(await page.evaluate<string[]>(CUT_CELLS)).toEqual([]);
  });
});

/** The cells of tables whose content is larger than they are. That of numbers then sticks out on the left. */
const CUT_CELLS = `[...document.querySelectorAll('th, td')]
  .filter((cell) => {
    const content = document.createRange();
    content.selectNodeContents(cell);
    const [inner, outer] = [content.getBoundingClientRect(), cell.getBoundingClientRect()];
    const excess = [outer.left - inner.left, inner.right - outer.right, outer.top - inner.top, inner.bottom - outer.bottom];
    return outer.width > 0 && Math.max(...excess) > 1;
  })
  .map((cell) => cell.outerHTML.slice(0, 200))`;

/** Scrolls through the channels quickly, but so that each row is drawn. */
const SCROLL_TO_END = `new Promise((resolve) => {
  const table = document.querySelector('[aria-label="Table of channels"]');
  const step = () => {
    table.scrollTop += table.clientHeight;
    if (table.scrollTop + table.clientHeight < table.scrollHeight) requestAnimationFrame(step);
    else resolve();
  };
  step();
})`;

/** What is wider than its place: the document, a table, or the name of a column. */
const CUT_OFF = `(() => {
  const isCut = (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth;
  const parts = [document.documentElement, ...document.querySelectorAll('[role=group], th, th button')];
  return parts.filter(isCut).map((element) => element.outerHTML.slice(0, 80));
})()`;

/** How many pixels are empty after the text of a channel's state, where most are. */
const LARGEST_ROOM = `Math.max(...[...document.querySelectorAll('[aria-label="Channels now"] button')].map((button) =>
  button.getBoundingClientRect().right - button.lastElementChild.getBoundingClientRect().right))`;

/** Counts the pages of a PDF. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
}
