import type { Page } from 'playwright-core';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { isInUrl, JANUARY, useAdmin } from '../support/admin';
import { eventually } from '../support/eventually';
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

  it.each<[string, (text: string) => string]>([
    ['itself', (text) => ` ${text}\n`],
    ['as a header', (text) => `Authorization: Bearer ${text}`],
    ['in quotes', (text) => `"${text}"`],
    ['wrapped by a terminal', (text) => `Bearer ${text.replace(/.{70}/g, '$&\n')}`],
    ['with its last characters on a line of their own', (text) => `${text.slice(0, -5)}\n${text.slice(-5)}`],
    ['as the link that the server prints', (text) => `http://127.0.0.1:3000/admin/#token=${text}`],
    [
      'in a line with curl',
      (text) => `curl -H 'Authorization: Bearer ${text}' 'http://127.0.0.1:3000/backend/reports/a.b.c'`,
    ],
  ])('takes a token that is pasted %s', async (_name, wrap) => {
    const page = await admin.open({ claims: null });
    await paste(page, wrap(token({ org_id: 'demo' })));
    await page.getByRole('heading', { name: 'History' }).waitFor();
  });

  it('says what a token looks like', async () => {
    const page = await admin.open({ claims: null });
    await paste(page, 'http://127.0.0.1:3000/admin/');
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toContain('looks like eyJ');
  });

  it('takes a token whose organization is a number', async () => {
    const page = await admin.open({ claims: { org_id: 123456 }, query: { ...JANUARY, org: '' } });
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await isInUrl(page, 'org', '123456');
  });

  it('takes an API key, asks what it is for, and keeps it over a reload', async () => {
    const keys = new ApiKeyService(admin.database.dataSource);
    const { key, id } = await keys.create({ organizationId: 'demo', name: 'page' });
    const page = await admin.open({ claims: null });
    await paste(page, ` ${key} `);
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    const address = page.url();
    // Otherwise a request of the open page might already be refused, which ends the session before the reload.
    await page.goto('about:blank');
    await keys.revoke(id);
    await page.goto(address);
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toContain('invalid, expired or revoked');
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
    await page.getByRole('heading', { name: 'History' }).waitFor();
  });

  it('takes a token from the fragment of the URL, and removes it at once', async () => {
    const page = await admin.open();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    expect(page.url()).not.toContain('token');
    expect(await page.evaluate('history.length')).toBe(2);
  });

  it('takes one from a link that is pasted over the open page', async () => {
    const page = await admin.open({ claims: null });
    await title(page).waitFor();
    await page.goto(`${page.url()}#token=${token({ org_id: 'demo' })}`);
    await page.getByRole('heading', { name: 'History' }).waitFor();
    expect(page.url()).not.toContain('token');
  });

  it('stays signed in when such a link cannot be used', async () => {
    const page = await admin.open();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    for (const unusable of [token(EXPIRED), 'abc.bnVsbA.x']) {
      await page.goto(`${page.url()}#token=${unusable}`);
      await eventually(() => expect(page.url()).not.toContain('token'));
      await page.getByRole('heading', { name: 'History' }).waitFor();
    }
  });

  const link = async (page: Page, text: string) => {
    await page.goto(`${page.url()}#token=${text}`);
    await page.getByRole('complementary', { name: 'Sign-in link' }).waitFor();
  };
  const organization = (page: Page) => page.getByRole('combobox', { name: 'Organization' }).inputValue();

  it.each([
    ['forged', token({ org_id: 'other' }, 'another secret that has 32 bytes and more'), 'invalid, expired or revoked'],
    ['expired', token(EXPIRED), 'The token has expired'],
    ['without the scope', token({ scope: 'other' }), 'does not have the scope reports:read'],
    ['with a key that was never made', `cr_${'a'.repeat(43)}`, 'invalid, expired or revoked'],
  ])('keeps the session when a link is %s, and says why', async (_name, text, reason) => {
    const page = await admin.open({ query: JANUARY });
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await link(page, text);
    expect(await alert(page)).toContain(reason);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    expect(await organization(page)).toBe('123456');
  });

  it('asks before a link replaces the session, and says what it shows', async () => {
    const page = await admin.open({ query: { period: '7-days' } });
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await link(page, token({ org_id: ['new', 'other'] }));
    expect(await alert(page)).toContain('It shows new, other');
    expect(await organization(page)).toBe('demo');
    await page.getByRole('button', { name: 'Keep my session' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await organization(page)).toBe('demo');
    await link(page, token({ org_id: ['demo', 'other'] }));
    await page.getByRole('button', { name: 'Use the link' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('combobox', { name: 'Organization' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['demo', 'other', 'All organizations']);
  });

  it('asks as well when the link loads the page anew', async () => {
    const page = await admin.open();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    const kept = await page.evaluate('JSON.stringify(sessionStorage)');
    await page.goto('about:blank');
    await page.goto(`${admin.backend.url}/admin/?org=new#token=${token({ org_id: 'new' })}`);
    await page.getByRole('complementary', { name: 'Sign-in link' }).waitFor();
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe(kept);
    await page.getByRole('button', { name: 'Use the link' }).click();
    await page.getByRole('heading', { name: 'No messages yet: import some' }).waitFor();
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toBe(kept);
  });

  it('keeps it for the tab only: over a reload, but not in another tab', async () => {
    const page = await admin.open();
    await page.reload();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${admin.backend.url}/admin/`);
    await title(other).waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain('eyJ');
  });

  it('forgets it on signing out', async () => {
    const page = await admin.open();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await title(page).waitFor();
    await page.reload();
    await title(page).waitFor();
  });

  describe('that fails', () => {
    let page: Page;
    beforeAll(async () => {
      page = await admin.open({ claims: null });
    });

    // No reason follows itself, so that each is seen to appear.
    it.each([
      ['what is no token', 'YOUR_API_KEY', 'This is not a bearer token'],
      ['a key that was never made', `cr_${'a'.repeat(43)}`, 'invalid, expired or revoked'],
      ['one that says nothing', 'abc.bnVsbA.x', 'This is not a bearer token'],
      ['an expired one', token(EXPIRED), 'The token has expired'],
      ['one without an end', token({ exp: undefined }), 'no expiry (exp)'],
      ['one without an organization', token({ org_id: undefined }), 'names no organization (org_id)'],
      [
        'one with a wrong signature',
        token({}, 'another secret that has 32 bytes and more'),
        'invalid, expired or revoked',
      ],
      ['one without the scope', token({ scope: 'other' }), 'does not have the scope reports:read'],
    ])('refuses %s and says why', async (_name, text, reason) => {
      await paste(page, text);
      await page.getByRole('alert').filter({ hasText: reason }).waitFor();
      await title(page).waitFor();
    });
  });

  it('asks again when the token expires in use, and keeps the filters', async () => {
    const query = { ...JANUARY, from: '2023-01-15', channel: 'web' };
    const nowSeconds = Math.floor(Date.now() / 1000);
    const page = await admin.open({ claims: { exp: nowSeconds + 3600 }, query });
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.clock.install();
    await page.reload();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    expect(await title(page).count()).toBe(0);
    await page.clock.fastForward('01:00:00');
    await title(page).waitFor();
    expect(await alert(page)).toContain('The token has expired');
    await paste(page, token({ exp: nowSeconds + 7200 }));
    await page.getByRole('heading', { name: 'History' }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(query);
  });

  it('makes the organizations of the token the ones to choose from', async () => {
    const page = await admin.open({ claims: { org_id: ['demo', '123456', 'new', 'demo'] } });
    await page.getByRole('combobox', { name: 'Organization' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['demo', '123456', 'new', 'All organizations']);
    await page.getByRole('option', { name: 'new' }).click();
    await page.getByRole('heading', { name: 'No messages yet: import some' }).waitFor();
  });

  it('says so when a link is about an organization that the token does not include', async () => {
    const page = await admin.open({ query: { org: 'secret' } });
    await page.getByText('Your token does not include the organization secret').waitFor();
  });

  it('shows nothing of the session before to the next one', async () => {
    const page = await admin.open();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.route('**/backend/**', () => undefined);
    await paste(page, token({ org_id: 'demo' }));
    await page.getByText('Loading …').waitFor({ state: 'attached' });
    expect(await page.locator('[data-figure]').count()).toBe(0);
  });
});
