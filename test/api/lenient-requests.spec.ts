import { token } from '../support/backend';
import { useProduct } from '../support/product';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';
const REPORT = '/backend/reports/123456/chats/availability';

describe('a request that is nearly right', () => {
  const product = useProduct();
  const headers = { authorization: `Bearer ${token()}` };
  const ask = async (path: string) => {
    const response = await fetch(product.backend.url + path, { headers, redirect: 'manual' });
    const kept = ['content-type', 'content-disposition'].map((name) => response.headers.get(name));
    return { status: response.status, headers: kept, body: await response.text() };
  };
  const insert = () =>
    product.database.insert(
      ['web', '', 'mail', 'web'].map((channel, index) => ({ channel, at: `2023-01-02T10:${index}5:00Z` })),
    );

  it.each([
    [REPORT, RANGE, ['channel', 'edges', 'format', 'include', 'limit', 'min_duration']],
    [`${REPORT}/trend`, `${RANGE}&interval=week`, ['channel', 'edges', 'format', 'timezone']],
    [`${REPORT}/breakdown`, RANGE, ['edges', 'format']],
    [
      `${REPORT}/overview`,
      `${RANGE}&interval=week`,
      ['channel', 'edges', 'include', 'limit', 'min_duration', 'timezone', 'hours'],
    ],
    [`${REPORT}/current`, '', ['channel']],
  ])('is answered by %s as if its empty parameters were not given', async (path, query, names) => {
    await insert();
    const plain = await ask(`${path}?${query}`);
    expect(plain.status).toBe(200);
    const all = names.map((name) => `${name}=`);
    for (const empty of [...all, all.join('&'), names.join('&')]) {
      expect([empty, await ask(`${path}?${query}&${empty}`)]).toEqual([empty, plain]);
    }
  });

  it('is answered with CSV if its format is empty and it accepts nothing else', async () => {
    const response = await fetch(`${product.backend.url}${REPORT}?${RANGE}&format=`, {
      headers: { ...headers, accept: 'text/csv' },
    });
    expect(response.headers.get('content-type')).toContain('text/csv');
  });

  it.each([
    `${REPORT}?${RANGE}`,
    `${REPORT}/trend?${RANGE}&interval=week`,
    `${REPORT}/breakdown?${RANGE}&format=csv`,
    `${REPORT}/current`,
    '/backend/access',
    '/backend/openapi.json',
    '/health/live',
  ])('is answered in the same way with a slash at the end of the path: %s', async (path) => {
    const [plain, query] = path.split('?');
    const expected = await ask(path);
    expect(expected.status).toBe(200);
    for (const slashes of ['/', '//']) {
      expect(await ask(`${plain}${slashes}${query === undefined ? '' : `?${query}`}`)).toEqual(expected);
    }
  });

  it('is refused in the same way with a slash at the end', async () => {
    const response = await fetch(`${product.backend.url}${REPORT}/?${RANGE}`);
    expect([response.status, (await ask('/nothing/')).status]).toEqual([401, 404]);
  });
});
