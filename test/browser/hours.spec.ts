import type { Page } from 'playwright-core';
import { violationsOn } from '../support/accessibility';
import { isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';
import { token } from '../support/backend';
import { eventually } from '../support/eventually';

const HOURS = { ...JANUARY, view: 'hours', zone: 'Europe/Berlin' };
const EDITOR = { scope: 'reports:read schedule:write' };

const SCHEDULE = {
  timezone: 'Europe/Berlin',
  versions: [{ valid_from: null, hours: 'Mo-Fr 09:00-18:00' }],
  exceptions: [{ date: '2023-01-06', hours: 'off', name: 'Epiphany' }],
  exclusions: [{ start: '2023-01-20T14:45:00Z', end: '2023-01-20T15:00:00Z', reason: 'new phone system' }],
};

describe('the opening hours on the admin page', () => {
  const admin = useAdmin();

  const ask = async (method: string, schedule?: object, tag?: string): Promise<Response> =>
    fetch(`${admin.backend.url}/backend/reports/123456/schedule`, {
      method,
      headers: {
        authorization: `Bearer ${token({ sub: 'colleague', ...EDITOR })}`,
        ...(tag !== undefined && { 'if-match': tag }),
      },
      body: schedule && JSON.stringify(schedule),
    });
  const stored = async () => (await ask('GET')).json() as Promise<Required<typeof SCHEDULE>>;
  const store = async (schedule: object) => expect((await ask('PUT', schedule, '*')).status).toBeLessThan(300);
  const open = (claims: object = EDITOR, query: Record<string, string> = {}) =>
    admin.open({ claims: { ...claims }, query: { ...HOURS, ...query } });
  const save = async (page: Page) => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The hours are saved').waitFor();
  };

  beforeEach(async () => {
    const answer = await ask('DELETE', undefined, '*');
    expect([204, 404]).toContain(answer.status);
  });

  /** Stores a schedule where there is none. */
  const begin = async (schedule: object = SCHEDULE) => expect((await ask('PUT', schedule)).status).toBe(200);

  it('are made from nothing, with a preview of what they change', async () => {
    const page = await open();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.reload();
    await page.getByText('No opening hours are stored for 123456').waitFor();
    expect(errors).toEqual([]);
    await page.getByRole('button', { name: 'Set opening hours' }).click();
    await page.getByLabel('Friday to', { exact: true }).fill('18:00');
    await page.getByRole('button', { name: 'Remove hours 09:00 to 17:00 on Monday' }).click();
    const preview = page.locator('[data-preview]');
    const answer = await admin.backend.report({
      ...{ startDate: '2023-01-01', endDate: '2023-01-31', edges: 'count', include: 'summary' },
      ...{ timezone: 'Europe/Berlin', hours: 'Tu-Th 09:00-17:00; Fr 09:00-18:00' },
    });
    const { summary, total_down_time } = answer.body as {
      total_down_time: number;
      summary: { observed_time: number; outages: number };
    };
    const exact = (1 - total_down_time / summary.observed_time) * 100;
    const shown = `${(Math.floor(exact * 1000) / 1000).toFixed(3)} % available, with ${summary.outages} outage`;
    await preview.getByText(shown).waitFor();
    await page.getByText('With all time counted').waitFor();
    expect((await ask('GET')).status).toBe(404);
    await save(page);
    expect((await stored()).versions).toEqual([{ valid_from: null, hours: 'Tu-Th 09:00-17:00; Fr 09:00-18:00' }]);
    await page.getByText(/^Version \d+, .* by tester$/).waitFor();
  });

  it('are changed in all their parts', async () => {
    await begin();
    const page = await open();
    await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
    await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
    await page.getByLabel('Saturday from', { exact: true }).nth(0).fill('22:00');
    await page.getByLabel('Saturday to', { exact: true }).nth(0).fill('02:00');
    await page.getByText('Complete the marked hours').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Saturday from', { exact: true }).nth(1).fill('10:00');
    await page.getByLabel('Saturday to', { exact: true }).nth(1).fill('00:00');
    await page.getByRole('button', { name: 'Add an exception' }).click();
    await page.getByLabel('Date').last().fill('2023-12-25');
    await page.getByLabel('Name').last().fill('Christmas');
    await page.getByRole('button', { name: 'Remove the exclusion new phone system' }).click();
    await page.getByRole('button', { name: 'Add an exclusion' }).click();
    await page.getByLabel('From', { exact: true }).fill('2023-03-01T10:00');
    await page.getByLabel('To', { exact: true }).fill('2023-03-01T11:30');
    await page.getByLabel('Reason').fill('move');
    await page.getByRole('combobox', { name: 'Time zone of these hours' }).fill('lisb');
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await page.getByRole('button', { name: 'Add hours from a later date' }).click();
    await page.getByLabel('First day of this week').fill('2023-06-01');
    await page.getByRole('button', { name: 'Remove hours 09:00 to 18:00 on Friday' }).click();
    await save(page);
    expect(await stored()).toEqual({
      timezone: 'Europe/Lisbon',
      versions: [
        { valid_from: null, hours: 'Mo-Fr 09:00-18:00; Sa 10:00-24:00,22:00-02:00' },
        { valid_from: '2023-06-01', hours: 'Mo-Th 09:00-18:00; Sa 10:00-24:00,22:00-02:00' },
      ],
      exceptions: [...SCHEDULE.exceptions, { date: '2023-12-25', hours: 'off', name: 'Christmas' }],
      // Typed as local times of Berlin.
      exclusions: [{ start: '2023-03-01T09:00:00Z', end: '2023-03-01T10:30:00Z', reason: 'move' }],
      channels: {},
    });
  });

  it('can be those of a channel alone', async () => {
    await begin();
    const page = await open();
    await page.getByRole('combobox', { name: 'Hours of' }).click();
    await page.getByRole('option', { name: 'whatsapp' }).click();
    await page.getByText('The channel whatsapp uses the hours of the organization').waitFor();
    await page.getByRole('button', { name: 'Give it hours of its own' }).click();
    await page.getByRole('button', { name: 'Remove hours 09:00 to 18:00 on Monday' }).click();
    await save(page);
    const { versions, channels } = (await stored()) as unknown as { versions: object; channels: object };
    expect(versions).toEqual(SCHEDULE.versions);
    expect(channels).toMatchObject({ whatsapp: { versions: [{ valid_from: null, hours: 'Tu-Fr 09:00-18:00' }] } });
    await page.getByRole('button', { name: 'Use the hours of the organization' }).click();
    await save(page);
    expect(await stored()).toMatchObject({ channels: {} });
  });

  it('lose no change when a colleague saves in the meantime', async () => {
    await begin();
    const page = await open();
    await page.getByLabel('Monday to', { exact: true }).fill('20:00');
    await page.getByLabel('Name').fill('Three Kings');
    await store({
      ...SCHEDULE,
      exceptions: [{ ...SCHEDULE.exceptions[0], name: 'Twelfth Day' }],
      exclusions: [
        ...SCHEDULE.exclusions,
        { start: '2023-02-01T10:00:00Z', end: '2023-02-01T11:00:00Z', reason: 'storm' },
      ],
    });
    await page.getByRole('button', { name: 'Save' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Somebody else has changed the hours' });
    await alert.getByText(/^colleague saved other hours on .*You both changed the exceptions\./).waitFor();
    expect(await page.getByLabel('Reason').nth(1).inputValue()).toBe('storm');
    expect(await page.getByLabel('Monday to', { exact: true }).inputValue()).toBe('20:00');
    await save(page);
    expect(await stored()).toMatchObject({
      versions: [{ hours: 'Mo 09:00-20:00; Tu-Fr 09:00-18:00' }],
      exceptions: [{ name: 'Three Kings' }],
      exclusions: [{ reason: 'new phone system' }, { reason: 'storm' }],
    });
  });

  it('are kept when a colleague deletes them, and can be stored anew', async () => {
    await begin();
    const page = await open();
    await page.getByLabel('Monday to', { exact: true }).fill('20:00');
    expect((await ask('DELETE', undefined, '*')).status).toBe(204);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has deleted the hours. Yours are still here').waitFor();
    await save(page);
    expect(await stored()).toMatchObject({ versions: [{ hours: 'Mo 09:00-20:00; Tu-Fr 09:00-18:00' }] });
  });

  it('are kept when they cannot be saved', async () => {
    await begin();
    const page = await open();
    await page.getByLabel('Monday to', { exact: true }).fill('20:00');
    await page.route('**/schedule', (route) => route.abort());
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    expect(await page.getByLabel('Monday to', { exact: true }).inputValue()).toBe('20:00');
    await page.unroute('**/schedule');
    await save(page);
  });

  it('can go back to an earlier version', async () => {
    await begin();
    await store({ ...SCHEDULE, versions: [{ hours: '24/7' }] });
    const page = await open();
    const list = page.getByRole('list', { name: 'Versions' });
    await list.getByRole('listitem').nth(0).getByText('current').waitFor();
    expect(await list.getByRole('listitem').nth(0).innerText()).toContain('around the clock');
    await list
      .getByRole('button', { name: /^Edit version/ })
      .first()
      .click();
    await eventually(async () =>
      expect(await page.getByLabel('Monday to', { exact: true }).inputValue()).toBe('18:00'),
    );
    await save(page);
    expect(await stored()).toMatchObject(SCHEDULE);
  });

  it('are only read with a token that may not change them', async () => {
    await begin();
    const page = await open({});
    await page.getByText('sign in with a token that has the scope schedule:write').waitFor();
    const input = page.getByLabel('Monday to', { exact: true });
    expect(await input.inputValue()).toBe('18:00');
    expect(await input.getAttribute('readonly')).not.toBeNull();
    for (const name of ['Save', 'Add an exception', 'Add hours on Monday', 'Copy Monday to Friday'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.getByRole('button', { name: 'Back to the report' }).click();
    await page.locator('[data-figure]').first().waitFor();
    await isInUrl(page, 'view', null);
  });

  it('are all that counts in a report and its error budget, until the rules say otherwise', async () => {
    await begin({ ...SCHEDULE, exceptions: [], exclusions: [] });
    const view = await admin.openView({ query: { ...HOURS, view: '' } });
    const { page } = view;
    await isShown(page);
    // Half a percent of 22 days of 9 hours, less the outage on Friday. The one on Sunday does not count.
    expect(await view.figures()).toMatchObject({ 'Total downtime': '15m', 'Downtime budget left': '44m 24s left' });
    await page.getByText('Counted: Mon–Fri 09:00–18:00 (Europe/Berlin).').waitFor();
    await page.getByRole('button', { name: 'Rules' }).click();
    await page.getByRole('switch', { name: 'Count opening hours only' }).click();
    await eventually(async () => expect((await view.figures())['Total downtime']).toBe('45m'));
    await isInUrl(page, 'hours', 'all');
  });

  describe('when an outage is excluded', () => {
    const openReport = async (claims: object = EDITOR) => {
      const page = await open(claims, { view: '' });
      await isShown(page);
      return page;
    };
    const exclude = async (page: Page, reason: string) => {
      const button = page.getByRole('button', { name: /^Exclude the outage from 20 Jan 2023/ });
      await button.click();
      const dialog = page.getByRole('dialog', { name: 'Exclude this outage' });
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.locator('button:focus').and(button).waitFor();
      await button.click();
      await dialog.getByLabel('Why does it not count?').fill(reason);
      await dialog.getByRole('button', { name: 'Exclude the outage' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    const outage = { start: '2023-01-20T14:45:00Z', end: '2023-01-20T15:00:00Z' };

    it('have it with its reason, beside what a colleague adds at the same moment', async () => {
      await begin({ ...SCHEDULE, exclusions: [] });
      const page = await openReport();
      let isFirst = true;
      await page.route('**/schedule', async (route) => {
        if (route.request().method() === 'PUT' && isFirst) {
          isFirst = false;
          await store({ ...SCHEDULE, exclusions: [], exceptions: [] });
        }
        await route.continue();
      });
      await exclude(page, 'failover drill');
      expect(await stored()).toMatchObject({ exceptions: [], exclusions: [{ ...outage, reason: 'failover drill' }] });
    });

    it('are made if there are none, so that all other time goes on counting', async () => {
      const page = await openReport();
      await exclude(page, 'failover drill');
      expect(await stored()).toMatchObject({
        versions: [{ hours: '24/7' }],
        exclusions: [{ ...outage, reason: 'failover drill' }],
      });
    });

    it('are only offered with a token that may change them', async () => {
      const page = await openReport({});
      expect(await page.getByRole('button', { name: /^Copy conversation/ }).count()).toBe(2);
      expect(await page.getByRole('button', { name: /^Exclude the outage/ }).count()).toBe(0);
    });

    it('have a dialog without violations', async () => {
      const page = await openReport();
      await page
        .getByRole('button', { name: /^Exclude the outage/ })
        .first()
        .click();
      await page.getByText('No opening hours are stored yet').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  it('are in German for who reads German', async () => {
    await begin();
    const context = await admin.newContext({ locale: 'de-DE' });
    const page = await context.newPage();
    const query = new URLSearchParams(HOURS).toString();
    await page.goto(`${admin.backend.url}/admin/?${query}#token=${token(EDITOR)}`);
    await page.getByRole('heading', { name: 'Öffnungszeiten: 123456' }).waitFor();
    await page.getByLabel('Montag von', { exact: true }).waitFor();
  });

  it('have no violations, and fit a phone', async () => {
    await begin();
    const page = await open();
    await page.getByLabel('Monday to', { exact: true }).fill('20:00');
    await page.getByText('With this week').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.setViewportSize({ width: 375, height: 800 });
    await eventually(async () =>
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375),
    );
  });
});
