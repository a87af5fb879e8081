import { ScheduleService } from '../../src/schedule/schedule.service';
import { token } from '../support/backend';
import { useProduct } from '../support/product';

/**
 * Who may send requests: everyone, anyone with a valid token, or anyone with a token for the organization in the path
 * and the scope to read reports.
 */
type Protection = 'public' | 'token' | 'organization';

const REPORT = '/backend/reports/:orgId/chats/availability';
const SCHEDULE = '/backend/reports/:orgId/schedule';

/** Every route of the host. A new one must be added here, with its protection. */
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
  [`${REPORT}/channels`]: 'organization',
  [`${REPORT}/current`]: 'organization',
  [`${REPORT}/current/channels`]: 'organization',
  [`${REPORT}/overview`]: 'organization',
  [`${REPORT}/trend`]: 'organization',
  [SCHEDULE]: 'organization',
  [`${SCHEDULE}/history`]: 'organization',
};

/** The routes that answer methods other than GET and HEAD; schedule.spec.ts tests who may use those. */
const METHODS: Record<string, string> = { [SCHEDULE]: 'DELETE, GET, HEAD, PUT' };

const GUARDED = Object.keys(ROUTES).filter((path) => ROUTES[path] === 'organization');

describe('the routes', () => {
  const product = useProduct();

  it('are all known, with their protection', () => {
    expect(product.backend.routes().sort()).toEqual(
      Object.keys(ROUTES)
        .map((path) => `${path} ${METHODS[path] ?? 'GET, HEAD'}`)
        .sort(),
    );
  });

  describe.each(GUARDED)('%s', (path) => {
    const isList = /\/(current|channels)$/.test(path);
    const hasRange = path.startsWith(REPORT) && !isList;
    const query = hasRange ? 'startDate=2023-01-01&endDate=2023-01-31' : '';
    const hasCsv = (hasRange && !path.endsWith('/overview')) || path.endsWith('availability/channels');
    const formats = hasCsv ? ['&format=json', '&format=csv'] : [''];
    const requests = formats.flatMap((format) => ['GET', 'HEAD'].map((method) => [method, format] as const));
    const url = (format: string) =>
      `${product.backend.url}${path.replace(':orgId', '123456')}?${query}${/\/(trend|overview)$/.test(path) ? '&interval=day' : ''}${format}`;

    beforeAll(() =>
      new ScheduleService(product.database.dataSource).put(
        {
          timezone: 'UTC',
          versions: [{ valid_from: null, hours: '24/7' }],
          exceptions: [],
          exclusions: [],
          channels: {},
        },
        { organizationId: '123456', replaces: 'any', changedBy: 'test' },
      ),
    );

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
    const others = ['POST', 'PATCH'].flatMap((method) => [REPORT, SCHEDULE].map((path) => [method, path] as const));
    for (const [method, route] of [
      ...others,
      ['PUT', REPORT],
      ['DELETE', REPORT],
      ['PUT', `${SCHEDULE}/history`],
    ] as const) {
      const path = route.replace(':orgId', '123456');
      const headers = { authorization: `Bearer ${token()}` };
      expect((await fetch(product.backend.url + path, { method, headers })).status).toBe(404);
    }
  });
});
