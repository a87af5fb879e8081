import { fill, isInUrl, isShown, JANUARY, useAdmin } from '../support/admin';

describe('the verdict of the admin page', () => {
  const admin = useAdmin();

  it('says in a sentence how the period was, and leads to its longest outage', async () => {
    const view = await admin.openView({ query: { ...JANUARY, target: '99.9' } });
    const { page } = view;
    await isShown(page);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    expect(await verdict.innerText()).toBe(
      'Chat was silent for 45m in January 2023, 22s over your 99.9 % target. ' +
        'Longest outage: Sun 15 Jan, 10:30 – 11:00, after conversation session123.',
    );
    expect(await page.title()).toBe(
      'Chat was silent for 45m in January 2023, 22s over your 99.9 % target. 123456 – Chat Reports',
    );
    await verdict.getByRole('link', { name: 'Sun 15 Jan, 10:30 – 11:00' }).click();
    await isInUrl(page, 'day', '2023-01-15');
    const marked = page.getByRole('region', { name: 'History' }).locator('tr[aria-current]');
    expect(await marked.innerText()).toMatch(/^10:28:00\s+10:30:00\s+11:00:00\s+30m/);
    // The period stays.
    await verdict.getByText(/silent for 45m in January 2023/).waitFor();
  });

  it('says that chat was never silent, and speaks German where the browser does', async () => {
    const page = await admin.open({ query: { ...JANUARY, from: '2023-01-02', to: '2023-01-02' }, locale: 'de-DE' });
    await isShown(page);
    await page.getByText('Der Chat war am 2. Jan. 2023 nie länger als 2 Minuten still.').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('[data-figure="Availability"]').innerText()).toBe('100 %');
    const other = await admin.open({ query: JANUARY, locale: 'de-DE' });
    await other.getByText('Der Chat war im Januar 2023 45 min lang still, im Rahmen Ihres Ziels von 99,5 %.').waitFor();
  });

  it('says where the period cuts off the longest outage, and how long most of many are', async () => {
    const at = (time: string) => ({
      organizationId: 'cut',
      channel: 'web',
      sessionId: 's1',
      createdAtMs: Date.parse(time),
    });
    const minutes = (start: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...at(start), createdAtMs: Date.parse(start) + index * 300_000 }));
    await fill(admin.database.dataSource, [at('2022-12-20T00:00:00Z'), ...minutes('2023-01-25T00:00:00Z', 150)]);
    const page = await admin.open({ claims: { org_id: 'cut' }, query: { ...JANUARY, org: 'cut' } });
    await isShown(page);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict
      .getByText('Longest outage: before Sun 1 Jan, 00:00 – Wed 25 Jan, 00:00, after conversation s1.')
      .waitFor();
    expect(await page.getByRole('region', { name: 'Figures' }).innerText()).toContain('Longest over 24d, average');
    await verdict.getByText('Half of the outages are shorter than 4 mins; show the longer ones.').waitFor();
    await verdict.getByRole('link', { name: 'show the longer ones' }).click();
    await isInUrl(page, 'outages-min', '4');
    await page.getByText('2 of 151', { exact: true }).waitFor();
    const verdictOf = async (from: string, to: string) => {
      const other = await admin.open({ claims: { org_id: 'cut' }, query: { ...JANUARY, org: 'cut', from, to } });
      return other.getByRole('region', { name: 'Verdict' });
    };
    const ending = await verdictOf('2022-12-20', '2022-12-24');
    await ending.getByText('Tue 20 Dec, 00:02 – after Sun 25 Dec, 00:00').waitFor();
    // There has been no message since, but the period is over.
    const over = await verdictOf('2023-01-25', '2023-01-27');
    await over.getByText('Wed 25 Jan, 12:27 – after Sat 28 Jan, 00:00').waitFor();
    const throughout = await verdictOf('2023-01-02', '2023-01-10');
    await throughout.getByText(/^Chat was silent the whole time .*before was in conversation s1\.$/).waitFor();
  });

  it('names the channel with a long outage that the whole chat hides, and leads to it', async () => {
    const every = (channel: string, minutes: number, without: (hour: number) => boolean) =>
      Array.from({ length: (3 * 24 * 60) / minutes }, (_, index) => ({
        organizationId: 'hiding',
        channel,
        sessionId: 's1',
        createdAtMs: Date.parse('2023-01-10T00:00:00Z') + index * minutes * 60_000,
      })).filter(({ createdAtMs }) => !without((createdAtMs - Date.parse('2023-01-10T00:00:00Z')) / 3_600_000));
    await fill(admin.database.dataSource, [
      ...every('web', 1, (hour) => hour > 40 && hour < 41),
      ...every('fax', 2, (hour) => hour > 38 && hour < 51),
    ]);
    const query = { ...JANUARY, org: 'hiding', from: '2023-01-10', to: '2023-01-12' };
    const page = await admin.open({ claims: { org_id: 'hiding' }, query });
    await isShown(page);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText(/Longest on one channel: fax, Wed 11 Jan, 14:02 – Thu 12 Jan, 03:00\.$/).waitFor();
    await verdict.getByRole('link', { name: 'Wed 11 Jan, 14:02' }).click();
    await isInUrl(page, 'channel', 'fax');
    await isInUrl(page, 'day', '2023-01-11');
    await verdict.getByText(/^fax was silent for 12h 58m .* after conversation s1\.$/).waitFor();
  });
});
