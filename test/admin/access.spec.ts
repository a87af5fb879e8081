import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { eventually, useAdmin } from '../support/admin';
import { token } from '../support/backend';

const AXE = readFileSync(require.resolve('axe-core'), 'utf8');
const JANUARY = { org: '123456', period: 'custom', from: '2023-01-01', to: '2023-01-31', zone: 'UTC' };

/** What a check of accessibility found. */
interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  passes: unknown[];
}

describe('the admin page for everyone', () => {
  const admin = useAdmin();
  const isShown = (page: Page) => page.locator('[data-figure]').first().waitFor();

  async function violationsOn(page: Page): Promise<string[]> {
    // Colours are judged when they have stopped changing.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
    expect(passes.length).toBeGreaterThan(10);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    it('has a sign-in without violations', async () => {
      const page = await admin.open({ claims: null, colorScheme });
      await page.getByLabel('Bearer token or API key').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it.each([
      [
        'months without data, and outages on pages',
        { from: '2022-01-01', to: '2023-12-31', channel: 'whatsapp', edges: 'ignore' },
      ],
      ['an outage that goes on', { period: '7-days' }],
      ['an empty period', { period: '7-days', edges: 'ignore' }],
    ])('shows %s without violations', async (_name, query) => {
      const page = await admin.open({ query: { ...JANUARY, ...query }, colorScheme });
      await page.getByText('as of').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it('shows a calendar, a list and a tooltip without violations', async () => {
      const page = await admin.open({ query: JANUARY, colorScheme });
      await isShown(page);
      await page.getByLabel('From and to').click();
      await page.getByRole('button', { name: '15 January 2023', exact: true }).waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('combobox', { name: 'Channel' }).click();
      await page.getByRole('option', { name: 'whatsapp' }).waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^15 Jan:/ }).hover();
      await page.getByRole('tooltip').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it('shows an error without violations', async () => {
      const page = await admin.open({ query: JANUARY, colorScheme });
      await isShown(page);
      await page.route('**/backend/**', (route) => route.abort());
      await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
      await page.getByText('The server cannot be reached').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  it('changes between light and dark', async () => {
    const page = await admin.open({ colorScheme: 'light' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await eventually(async () => expect(await ground()).not.toBe(light));
    await page.getByRole('button', { name: 'Light colours' }).click();
    await eventually(async () => expect(await ground()).toBe(light));
  });

  it.each([375, 768, 1440])('fits a screen of %i pixels', async (width) => {
    // In this zone, the outage that goes on is in the range.
    const query = { ...JANUARY, zone: 'EST5EDT' };
    const page = await admin.open({ query, viewport: { width, height: 800 } });
    await isShown(page);
    const expectToFit = async () =>
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await expectToFit();
    for (const name of ['Table of outages', 'Table of channels']) {
      const table = page.getByRole('group', { name });
      expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
    await page.getByRole('button', { name: /^31 Jan:/ }).hover();
    await page.getByRole('tooltip').waitFor();
    await expectToFit();
    const timeline = page.getByRole('img', { name: 'Timeline of' });
    await timeline.hover({ position: { x: (await timeline.boundingBox())!.width - 2, y: 10 } });
    await page.getByText('not yet: 4h 58m').waitFor();
    await expectToFit();
  });

  it('is used with the keyboard alone: sign in, filter, zoom, sort', async () => {
    const page = await admin.open({ claims: null, query: JANUARY });
    const { keyboard } = page;
    const tabTo = async (target: Locator) => {
      for (let tabs = 0; tabs < 60; tabs++) {
        if (await target.evaluate((element) => element.matches(':focus'))) return;
        await keyboard.press('Tab');
      }
      throw new Error(`Tab does not lead to ${target.toString()}`);
    };
    const expectInUrl = (filters: Record<string, string>) =>
      eventually(() =>
        Promise.resolve(expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(filters)),
      );
    // The field for the token has the focus.
    await page.locator('input:focus').waitFor();
    await keyboard.type(token());
    await keyboard.press('Enter');
    await isShown(page);
    await tabTo(page.getByRole('radio', { name: 'Custom' }));
    await keyboard.press('ArrowLeft');
    await expectInUrl({ period: 'last-month' });
    await page.goBack();
    await isShown(page);
    await tabTo(page.getByRole('combobox', { name: 'Channel' }));
    await keyboard.type('web');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expectInUrl({ channel: 'web' });
    await isShown(page);
    await tabTo(page.getByRole('button', { name: /^1 Jan:/ }));
    for (let day = 1; day < 15; day++) await keyboard.press('ArrowRight');
    await page.getByRole('tooltip', { name: /^15 Jan:/ }).waitFor();
    await keyboard.press('Enter');
    await expectInUrl({ from: '2023-01-15', to: '2023-01-15' });
    await page.getByRole('button', { name: /^Sun,? 15 Jan,? 00:00 UTC:/ }).waitFor();
    await tabTo(page.getByRole('button', { name: 'Length', exact: true }));
    await keyboard.press('Enter');
    await page.locator('th[aria-sort=descending]', { hasText: 'Length' }).waitFor();
  });

  it('sends less than 250 kB of JavaScript on the first load', async () => {
    const view = await admin.openView();
    await isShown(view.page);
    const scripts = view.urls.filter(({ pathname }) => pathname.endsWith('.js'));
    const sizes = scripts.map(async (url) => {
      const { headers } = await fetch(url, { method: 'HEAD', headers: { 'Accept-Encoding': 'gzip' } });
      expect(headers.get('content-encoding')).toBe('gzip');
      return Number(headers.get('content-length'));
    });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(250_000);
  });
});
