import type { Page } from 'playwright-core';
import { ApiKeyService } from '../../src/api-keys/api-key.service';
import { eventually, useAdmin } from '../support/admin';
import { token } from '../support/backend';

const EXPIRED = { exp: Math.floor(Date.now() / 1000) - 60 };

describe('signing in to the admin page', () => {
  const admin = useAdmin();
  const title = (page: Page) => page.getByRole('heading', { name: 'Sign in to see when chat was silent' });
  const alert = (page: Page) => page.getByRole('alert').innerText();
  const paste = async (page: Page, text: string) => {
    await page.getByLabel('Bearer token or API key').fill(text);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };

  it('takes a token that is pasted', async () => {
    const page = await admin.open({ claims: null });
    await paste(page, ` ${token({ org_id: 'demo' })}\n`);
    await page.getByText('Availability by day').waitFor();
  });

  it('takes an API key, asks what it is for, and keeps it over a reload', async () => {
    const keys = new ApiKeyService(admin.database.dataSource);
    const { key, id } = await keys.create({ organizationId: 'demo', name: 'page' });
    const page = await admin.open({ claims: null });
    await paste(page, ` ${key} `);
    await page.getByText('Availability by day').waitFor();
    await page.reload();
    await page.getByText('Availability by day').waitFor();
    await keys.revoke(id);
    await page.reload();
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toContain('not valid, or no longer');
    await title(page).waitFor();
  });

  it('says so when it cannot ask what an API key is for, and takes the key later', async () => {
    const keys = new ApiKeyService(admin.database.dataSource);
    const { key } = await keys.create({ organizationId: 'demo', name: 'page' });
    const page = await admin.open({ claims: null });
    await page.route('**/backend/access', (route) => route.abort());
    await paste(page, key);
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toContain('cannot be reached');
    await page.unroute('**/backend/access');
    await paste(page, key);
    await page.getByText('Availability by day').waitFor();
  });

  it('takes a token from the fragment of the URL, and removes it at once', async () => {
    const page = await admin.open();
    await page.getByText('Availability by day').waitFor();
    expect(page.url()).not.toContain('token');
    expect(await page.evaluate('history.length')).toBe(2);
  });

  it('takes one from a link that is pasted over the open page', async () => {
    const page = await admin.open({ claims: null });
    await title(page).waitFor();
    await page.goto(`${page.url()}#token=${token({ org_id: 'demo' })}`);
    await page.getByText('Availability by day').waitFor();
    expect(page.url()).not.toContain('token');
  });

  it('stays signed in when such a link cannot be used', async () => {
    const page = await admin.open();
    await page.getByText('Availability by day').waitFor();
    for (const unusable of [token(EXPIRED), 'abc.bnVsbA.x']) {
      await page.goto(`${page.url()}#token=${unusable}`);
      await eventually(() => Promise.resolve(expect(page.url()).not.toContain('token')));
      await page.getByText('Availability by day').waitFor();
    }
  });

  it('keeps it for the tab only: over a reload, but not in another tab', async () => {
    const page = await admin.open();
    await page.reload();
    await page.getByText('Availability by day').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${admin.backend.url}/admin/`);
    await title(other).waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain('eyJ');
  });

  it('forgets it on signing out', async () => {
    const page = await admin.open();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await title(page).waitFor();
    await page.reload();
    await title(page).waitFor();
  });

  it.each([
    ['what is no token', 'YOUR_API_KEY', 'This is not a bearer token'],
    ['a key that was never made', `cr_${'a'.repeat(43)}`, 'not valid, or no longer'],
    ['one that says nothing', 'abc.bnVsbA.x', 'This is not a bearer token'],
    ['an expired one', token(EXPIRED), 'The token has expired'],
    ['one without an end', token({ exp: undefined }), 'no end (exp)'],
    ['one without an organization', token({ org_id: undefined }), 'names no organization (org_id)'],
    ['one with a wrong signature', token({}, 'another secret that has 32 bytes and more'), 'not valid, or no longer'],
    ['one without the scope', token({ scope: 'other' }), 'does not have the scope reports:read'],
  ])('refuses %s and says why', async (_name, text, reason) => {
    const page = await admin.open({ claims: null });
    await paste(page, text);
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toContain(reason);
    await title(page).waitFor();
  });

  it('asks again when the token expires in use, and keeps the filters', async () => {
    const query = {
      org: '123456',
      period: 'custom',
      from: '2023-01-15',
      to: '2023-01-20',
      channel: 'web',
      zone: 'UTC',
    };
    const page = await admin.open({ claims: { exp: Math.floor(Date.now() / 1000) + 6 }, query });
    await page.getByText('Availability by day').waitFor();
    await title(page).waitFor();
    expect(await alert(page)).toContain('The token has expired');
    await paste(page, token());
    await page.getByText('Availability by day').waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(query);
  });

  it('makes the organizations of the token the ones to choose from', async () => {
    const page = await admin.open({ claims: { org_id: ['demo', '123456', 'new', 'demo'] } });
    await page.getByRole('combobox', { name: 'Organization' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['demo', '123456', 'new']);
    await page.getByRole('option', { name: 'new' }).click();
    await page.getByText('No messages yet').waitFor();
  });

  it('says so when a link is about an organization that the token does not include', async () => {
    const page = await admin.open({ query: { org: 'secret' } });
    await page.getByText('Your token does not include the organization secret').waitFor();
  });

  it('shows nothing of the session before to the next one', async () => {
    const page = await admin.open();
    await page.getByText('Availability by day').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.route('**/backend/**', () => undefined);
    await paste(page, token({ org_id: 'demo' }));
    await page.getByText('Loading …').waitFor({ state: 'attached' });
    expect(await page.locator('[data-figure]').count()).toBe(0);
  });
});
