import { token } from './support/backend';
import { useProduct } from './support/product';

/** Who may ask: everyone, who has a valid token, or who has a token for the organization in the path with the scope to read reports. */
type Protection = 'public' | 'token' | 'organization';

const REPORT = '/backend/reports/:orgId/chats/availability';

/** Every route of the host. One that is new has to be written down here, with its protection. */
const ROUTES: Record<string, Protection> = {
  '/': 'public',
  '/admin': 'public',
  '/admin/*': 'public',
  '/backend/access': 'token',
  '/backend/docs': 'public',
  '/backend/docs/': 'public',
  '/backend/docs/*': 'public',
  '/backend/docs/LICENSE': 'public',
  '/backend/docs/docs/swagger-ui-init.js': 'public',
  '/backend/docs/index.html': 'public',
  '/backend/docs/swagger-ui-init.js': 'public',
  '/backend/openapi.json': 'public',
  '/health/live': 'public',
  '/health/ready': 'public',
  [REPORT]: 'organization',
  [`${REPORT}/breakdown`]: 'organization',
  [`${REPORT}/current`]: 'organization',
  [`${REPORT}/trend`]: 'organization',
};

const GUARDED = Object.keys(ROUTES).filter((path) => ROUTES[path] === 'organization');

describe('the routes', () => {
  const product = useProduct();

  it('are all known, with their protection', () => {
    expect(product.backend.routes().sort()).toEqual(
      Object.keys(ROUTES)
        .map((path) => `${path} GET, HEAD`)
        .sort(),
    );
  });

  describe.each(GUARDED)('%s', (path) => {
    const query = path.endsWith('/current') ? '' : 'startDate=2023-01-01&endDate=2023-01-31';
    const formats = path.endsWith('/current') ? [''] : ['&format=json', '&format=csv'];
    const requests = formats.flatMap((format) => ['GET', 'HEAD'].map((method) => [method, format] as const));
    const url = (format: string) =>
      `${product.backend.url}${path.replace(':orgId', '123456')}?${query}${path.endsWith('/trend') ? '&interval=day' : ''}${format}`;

    it.each<[string, number, string | undefined]>([
      ['no token', 401, undefined],
      ['a token that is none', 401, 'Bearer x'],
      ['a token of another organization', 403, `Bearer ${token({ org_id: 'other' })}`],
      ['a token without the scope', 403, `Bearer ${token({ scope: 'reports:write' })}`],
      ['the right token', 200, `Bearer ${token()}`],
    ])('answers %s with %i', async (_name, status, authorization) => {
      for (const [method, format] of requests) {
        const response = await fetch(url(format), { method, headers: authorization ? { authorization } : {} });
        expect([method, format, response.status]).toEqual([method, format, status]);
      }
    });
  });

  it.each(Object.keys(ROUTES).filter((path) => ROUTES[path] === 'token'))(
    '%s answers 401 to who has no token, and 200 to who has one',
    async (path) => {
      const statusFor = async (headers: Record<string, string>) =>
        (await fetch(product.backend.url + path, { headers })).status;
      expect(await statusFor({})).toBe(401);
      expect(await statusFor({ authorization: 'Bearer x' })).toBe(401);
      expect(await statusFor({ authorization: `Bearer ${token()}` })).toBe(200);
    },
  );

  it.each(Object.keys(ROUTES).filter((path) => ROUTES[path] === 'public'))(
    '%s tells nothing of an organization',
    async (path) => {
      await product.database.insert([
        { at: '2023-01-02T10:00:00Z', sessionId: 'secret-session', channel: 'secret-channel' },
      ]);
      const response = await fetch(product.backend.url + path.replace('*', ''));
      expect(await response.text()).not.toMatch(/secret-session|secret-channel/);
    },
  );

  it('answer no other method', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const path = REPORT.replace(':orgId', '123456');
      const headers = { authorization: `Bearer ${token()}` };
      expect((await fetch(product.backend.url + path, { method, headers })).status).toBe(404);
    }
  });
});
