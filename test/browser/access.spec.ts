import type { Locator } from 'playwright-core';
import { violationsOn } from '../support/accessibility';
import { isShown, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';
import { token } from '../support/backend';

describe('the admin page for everyone', () => {
  const admin = useAdmin();

  it('has a sign-in without violations', async () => {
    const page = await admin.open({ claims: null });
    await page.getByLabel('Bearer token or API key').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('asks about a link without violations', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    await page.goto(`${page.url()}#token=${token({ org_id: 'other' })}`);
    await page.getByRole('button', { name: 'Use the link' }).waitFor();
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
    const page = await admin.open({ query: { ...JANUARY, ...query } });
    await page.getByText(/as of|No messages in this period/).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('shows panels and a list without violations', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    for (const name of [/^Period:/, 'Rules', 'Menu']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('combobox', { name: 'Channel' }).click();
    await page.getByRole('option', { name: 'whatsapp' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('shows an error without violations', async () => {
    const page = await admin.open({ query: JANUARY });
    await isShown(page);
    await page.route('**/backend/**', (route) => route.abort());
    await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
    await page.getByText('The server cannot be reached').waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('changes between light and dark', async () => {
    const page = await admin.open({ colorScheme: 'light' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByText('Dark', { exact: true }).click();
    await eventually(async () => expect(await ground()).not.toBe(light));
    await page.getByText('Light', { exact: true }).click();
    await eventually(async () => expect(await ground()).toBe(light));
  });

  it('fits screens of 375, 768 and 1440 pixels', async () => {
    // In this zone, the outage that goes on is in the range.
    const page = await admin.open({ query: { ...JANUARY, zone: 'EST5EDT' } });
    await isShown(page);
    for (const width of [375, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const expectToFit = async () =>
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      // Drawings are measured again after they are resized.
      await eventually(expectToFit);
      for (const name of ['Table of outages', 'Table of channels']) {
        const table = page.getByRole('group', { name });
        await eventually(async () =>
          expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0),
        );
      }
      const strips = page.getByRole('group', { name: /^Availability;/ });
      const day = strips.getByRole('button', { name: /^Tue,? 31 Jan:/ });
      await eventually(async () => expect((await day.boundingBox())!.width).toBeGreaterThanOrEqual(24));
      for (const [mode, drawing] of [
        ['Timeline', page.getByRole('img', { name: 'Timeline of' })],
        ['Hours × weekdays', page.getByRole('group', { name: /^Silence by/ })],
        ['Days', day],
      ] as const) {
        await page.getByText(mode, { exact: true }).click();
        await drawing.waitFor();
        await eventually(expectToFit);
      }
    }
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
      eventually(() => expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(filters));
    // The field for the token has the focus.
    await page.locator('input:focus').waitFor();
    await keyboard.type(token());
    await keyboard.press('Enter');
    await isShown(page);
    await tabTo(page.getByRole('button', { name: /^Period:/ }));
    await keyboard.press('Enter');
    await tabTo(page.getByRole('button', { name: 'Last month' }));
    await keyboard.press('Enter');
    await expectInUrl({ period: 'last-month' });
    await page.goBack();
    await isShown(page);
    await tabTo(page.getByRole('combobox', { name: 'Channel' }));
    await keyboard.type('web');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expectInUrl({ channel: 'web' });
    await isShown(page);
    const strips = page.getByRole('group', { name: /^Availability;/ });
    await tabTo(strips.getByRole('button', { name: /^Sun,? 1 Jan:/ }));
    for (let day = 1; day < 15; day++) await keyboard.press('ArrowRight');
    expect(await strips.getByRole('button', { name: /^Sun,? 15 Jan:/ }).evaluate((day) => day.matches(':focus'))).toBe(
      true,
    );
    await keyboard.press('Enter');
    await expectInUrl({ day: '2023-01-15' });
    await page.getByRole('navigation', { name: 'Where you are' }).waitFor();
    await tabTo(page.getByRole('radio', { name: 'Latest first' }));
    await keyboard.press('ArrowRight');
    await expectInUrl({ outages: 'longest' });
  });

  it('sends less than 225 kB of JavaScript on the first load', async () => {
    const page = await admin.open({ claims: null });
    const scripts = new Set<string>();
    let isFirst = true;
    page.on('request', (request) => {
      // The figures do not wait for the tables below them, nor for what those import.
      if (/\/tables-[^/]*\.js$/.test(request.url())) isFirst = false;
      if (isFirst && request.url().endsWith('.js')) scripts.add(request.url());
    });
    await page.goto(`${admin.backend.url}/admin/#token=${token({ org_id: 'demo' })}`);
    await page.locator('[data-figure]').first().waitFor();
    await eventually(() => expect(isFirst).toBe(false));
    const sizes = [...scripts].map(async (url) => {
      const { headers } = await fetch(url, { method: 'HEAD', headers: { 'Accept-Encoding': 'gzip' } });
      expect(headers.get('content-encoding')).toBe('gzip');
      return Number(headers.get('content-length'));
    });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(150_000);
    expect(total).toBeLessThan(225_000);
  });
});
