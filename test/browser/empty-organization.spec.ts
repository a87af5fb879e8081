import { violationsOn } from '../support/accessibility';
import { useAdmin } from '../support/admin';

describe('an organization without messages on the admin page', () => {
  const admin = useAdmin();

  it.each([
    ['new', 'npm run -s import -- --organization new messages.csv'],
    ["o'new & co", "npm run -s import -- --organization 'o'\\''new & co' messages.csv"],
  ])('gets the command that imports the messages of %s', async (org, command) => {
    const page = await admin.open({ claims: { org_id: org }, query: { org } });
    await page.getByRole('heading', { name: 'No messages yet: import some' }).waitFor();
    await page.getByText(command, { exact: true }).waitFor();
    await page.getByText('Then this page shows:').waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  it('gets none if only the period or the channel is empty', async () => {
    const page = await admin.open({ query: { org: '123456', period: '7-days', edges: 'ignore' } });
    await page.getByText('The last message arrived on').waitFor();
    expect(await page.getByText('import some').count()).toBe(0);
  });
});
