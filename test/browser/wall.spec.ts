import type { Locator, Page } from 'playwright-core';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { violationsOn } from '../support/accessibility';
import { isShown, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';

/** Its last message is old, so that chat is silent now. */
const WALL = { ...JANUARY, view: 'wall' };
const LONG_LIVED = { exp: Math.floor(Date.now() / 1000) + 86_400 };

describe('the admin page on a wall', () => {
  const admin = useAdmin();
  const isOutdated = (page: Page) => page.getByRole('alert').filter({ hasText: 'Not up to date' });
  const state = (page: Page, name: string) => page.locator(`main[data-state=${name}]`);
  const frameOf = (page: Page) =>
    page.evaluate<string>(`(() => {
      const main = document.querySelector('main');
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--far)';
      const { color } = getComputedStyle(probe);
      probe.remove();
      // Its sides are those of the window.
      const frame = getComputedStyle(main, '::after');
      const sides = ['top', 'right', 'bottom', 'left'];
      const isRed = (side) => frame[side] === '0px' && frame.getPropertyValue('border-' + side + '-color') === color;
      const red = frame.position === 'fixed' ? sides.filter(isRed) : [];
      return red.length === 4 ? 'red' : red.join() || 'none';
    })()`);

  it('shows state, figures and history in large type, without controls, and a red frame while chat is silent', async () => {
    const page = await admin.open({ claims: LONG_LIVED, query: WALL, viewport: { width: 1920, height: 1080 } });
    await isShown(page);
    await state(page, 'down').waitFor();
    await page.getByText('Chat is silent: no message since').waitFor();
    expect(await frameOf(page)).toBe('red');
    const verdict = page.getByRole('region', { name: 'Verdict' });
    expect(await verdict.innerText()).toMatch(/^Chat was .* Longest outage: /);
    await page.getByText('Day with the most downtime: Sun 15 Jan: 97.916 % available').waitFor();
    expect(await verdict.getByRole('button').count()).toBe(0);
    for (const role of ['combobox', 'textbox', 'switch', 'radio'] as const)
      expect(await page.getByRole(role).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    const size = await page.evaluate<string>('getComputedStyle(document.documentElement).fontSize');
    expect(Number.parseFloat(size)).toBeGreaterThan(18);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1920);
  });

  it.each([
    [1920, 1080],
    [1440, 900],
    [1280, 720],
  ])(
    'fits a window of %i × %i, with the state in the largest type, the verdict, and a clock',
    async (width, height) => {
      const page = await admin.open({
        claims: LONG_LIVED,
        query: { ...WALL, zone: 'Asia/Kolkata' },
        viewport: { width, height },
      });
      await isShown(page);
      await eventually(async () =>
        expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(height),
      );
      const sizeOf = async (text: Locator) =>
        Number.parseFloat(await text.evaluate((element) => getComputedStyle(element).fontSize));
      const now = await sizeOf(page.getByRole('region', { name: 'Now' }).getByRole('status'));
      const verdict = await sizeOf(page.getByRole('region', { name: 'Verdict' }));
      expect(now).toBeGreaterThan(verdict);
      expect(verdict).toBeGreaterThanOrEqual(await sizeOf(page.locator('[data-figure]').first()));
      // A fiftieth of the height.
      expect(verdict).toBeGreaterThan(height / 50);
      const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Kolkata' });
      await eventually(async () => expect(await page.getByRole('time').innerText()).toBe(clock.format(Date.now())));
    },
  );

  it('says when it is not up to date, and recovers by itself', async () => {
    const page = await admin.open({ claims: LONG_LIVED, query: WALL });
    await page.clock.install();
    await page.reload();
    await isShown(page);
    await state(page, 'down').waitFor();
    await page.route('**/backend/**', (route) => route.abort());
    await page.clock.fastForward(30_000);
    await page.getByText('Status unknown').waitFor();
    expect(await isOutdated(page).count()).toBe(0);
    await page.clock.fastForward(60_000);
    await isOutdated(page)
      .getByText(/^The last response from the server was at .* ago/)
      .waitFor();
    expect(await frameOf(page)).toBe('none');
    await page.unroute('**/backend/**');
    await page.clock.fastForward(60_000);
    await isOutdated(page).waitFor({ state: 'detached' });
    await state(page, 'down').waitFor();
  });

  it('stays as it is for a period that is over', async () => {
    const page = await admin.open({ claims: LONG_LIVED, query: WALL });
    await page.clock.install();
    await page.reload();
    await isShown(page);
    await page.clock.fastForward('01:00:00');
    // The state is asked for again, unlike the report on January.
    await state(page, 'down').waitFor();
    await isOutdated(page).waitFor({ state: 'detached' });
    expect(await page.locator('[data-figure="Outages"]').innerText()).toBe('2');
  });

  it('signs in with an API key in its address, also when the server only answers later', async () => {
    const { key } = await new ApiKeyService(admin.database.dataSource).create({
      organizationId: '123456',
      name: 'wall',
    });
    const page = await (await admin.newContext()).newPage();
    await page.clock.install();
    await page.route('**/backend/**', (route) => route.abort());
    const query = new URLSearchParams(WALL).toString();
    await page.goto(`${admin.backend.url}/admin/?${query}#token=${key}`);
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await page.unroute('**/backend/**');
    await page.clock.fastForward(20_000);
    await isShown(page);
    await page.reload();
    await isShown(page);
  });

  it('has no violations', async () => {
    const page = await admin.open({ claims: LONG_LIVED, query: WALL });
    await isShown(page);
    await state(page, 'down').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.clock.install();
    await page.route('**/backend/**', (route) => route.abort());
    await page.reload();
    await page.locator('main').waitFor();
    await page.clock.fastForward('00:10:00');
    await isOutdated(page).getByText('The server has not answered yet').waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('has no red frame while the team is closed', async () => {
    await admin.storeHours('123456', 'Mo-Su off');
    const page = await admin.open({ claims: LONG_LIVED, query: WALL });
    await isShown(page);
    await state(page, 'closed').waitFor();
    await page.getByText('Chat is closed').waitFor();
    expect(await frameOf(page)).toBe('none');
  });
});
