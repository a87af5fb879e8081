import { readFileSync } from 'node:fs';
import { JANUARY, useAdmin } from '../support/admin';

describe('the admin page', () => {
  const admin = useAdmin();

  it('shares links and tables', async () => {
    const { page } = await admin.openView({
      query: { ...JANUARY, period: '30-days', from: '', to: '' },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const share = async (item: string) => {
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    };
    const copied = async (item: string) => {
      await share(item);
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const text = await page.evaluate<string>('navigator.clipboard.readText()');
      await page.getByRole('button', { name: 'Share' }).waitFor();
      return new URL(text).searchParams;
    };
    await page
      .getByText('No messages in this period', { exact: true })
      .or(page.locator('[data-figure]').first())
      .waitFor();
    expect((await copied('Copy link')).get('period')).toBe('30-days');
    const fixed = await copied('Copy link with fixed dates');
    expect(fixed.get('period')).toBe('custom');
    expect(fixed.get('from')).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const [item, name, column] of [
      ['CSV of days', 'days', 'start_time (UTC)'],
      ['CSV of channels', 'channels', 'channel'],
    ] as const) {
      const downloading = page.waitForEvent('download');
      await share(item);
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(new RegExp(`^${name}_123456_`));
      expect(readFileSync(await download.path(), 'utf8')).toContain(column);
    }
  });
});
