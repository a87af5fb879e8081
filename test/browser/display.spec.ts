import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { fill, isShown, JANUARY, useAdmin } from '../support/admin';

describe('the admin page, however it is displayed', () => {
  const admin = useAdmin();
  const background = (element: Locator) =>
    element.evaluate((one) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(one);
      return `${backgroundColor} ${backgroundImage}`;
    });

  describe('in colors of the system', () => {
    let page: Page;
    beforeAll(async () => {
      page = await admin.open({ query: { ...JANUARY, history: 'hours' }, forcedColors: 'active' });
      await isShown(page);
    });

    it('shows which of several is chosen', async () => {
      const [chosen, other] = ['Hours × weekdays', 'Timeline'].map((name) =>
        page.locator('label').filter({ hasText: name }),
      );
      expect(await background(chosen!)).not.toBe(await background(other!));
      await page.getByRole('button', { name: 'Rules' }).click();
      const edges = page.getByRole('switch', { name: 'Count silence at the edges' });
      const track = page.locator('.mantine-Switch-track').last();
      const whenOn = await background(track);
      await edges.click();
      await edges.and(page.locator(':not(:checked)')).waitFor();
      await eventually(async () => expect(await background(track)).not.toBe(whenOn));
      await page.keyboard.press('Escape');
    });

    it('keeps the colors of charts', async () => {
      const cells = page.getByRole('group', { name: 'Silence by weekday and hour' }).getByRole('button');
      const colors = new Set(await Promise.all((await cells.all()).map(background)));
      expect(colors.size).toBeGreaterThan(1);
    });

    it('shows which option the Enter key takes', async () => {
      const field = page.getByRole('combobox', { name: 'Channel', exact: true });
      await field.click();
      await field.press('ArrowDown');
      const [first, second, third] = await page.getByRole('option').all();
      expect(await background(first!)).toBe(await background(second!));
      expect(await background(third!)).not.toBe(await background(second!));
    });
  });

  it('leaves a low screen to the report: enlarged four times, the bar does not stay', async () => {
    const page = await admin.open({ query: JANUARY, viewport: { width: 320, height: 256 } });
    await isShown(page);
    await page.getByRole('button', { name: 'Rules' }).click();
    const end = page.getByText('Silence that began before the period');
    await end.waitFor();
    await end.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await eventually(async () => {
      const { y, height } = (await end.boundingBox())!;
      expect(y + height).toBeLessThanOrEqual(257);
    });
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'History' }).scrollIntoViewIfNeeded();
    expect((await page.getByRole('banner').boundingBox())!.y).toBeLessThan(-50);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  it('writes dates in the language of the page, whatever that of the browser is', async () => {
    const page = await admin.open({ query: JANUARY, locale: 'fa-IR' });
    await isShown(page);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText(/^Chat was silent for 45m in January 2023, .*Longest outage: Sun 15 Jan, 10:30/).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/\p{Script=Arabic}/u);
  });

  it('names a channel as it is, in the title as well', async () => {
    const name = '<history>{{duration}}</history>';
    const at = (minute: number) => ({
      organizationId: 'named',
      channel: name,
      sessionId: name,
      createdAtMs: Date.parse('2023-01-15T10:00:00Z') + minute * 60_000,
    });
    await fill(admin.database.dataSource, [at(0), at(1), at(33)]);
    const query = { ...JANUARY, org: 'named', channel: name, edges: 'ignore' };
    const page = await admin.open({ claims: { org_id: 'named' }, query });
    await isShown(page);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    expect(await verdict.innerText()).toMatch(
      /^<history>\{\{duration\}\}<\/history> was silent for 30m in January 2023/,
    );
    expect(await page.title()).toContain(`${name} was silent for 30m in January 2023`);
  });
});
