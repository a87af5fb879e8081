import { type BearerOptions, ReportsModule, UnavailableError } from '@chat-reports/nestjs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';
const MEMBERSHIPS: Record<string, number[]> = { ada: [7, 9] };

/** Claims as issuers make them, without `org_id` and without the scope. */
const ISSUERS: [issuer: string, claims: object, organizationsOf: BearerOptions['organizationsOf']][] = [
  [
    'a namespaced claim',
    { 'https://app.example/org': '7', scope: 'openid' },
    (claims) => claims['https://app.example/org'],
  ],
  ['metadata', { app_metadata: { tenants: [7, '9'] } }, (claims) => (claims.app_metadata as { tenants?: [] })?.tenants],
  ['names that are keys', { organization: { 7: { id: 'a1' } } }, (claims) => Object.keys(claims.organization ?? {})],
  ['a lookup of the subject', { sub: 'ada' }, ({ sub }) => Promise.resolve(MEMBERSHIPS[sub as string])],
];

describe('claims of other issuers', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterEach(() => app.close());
  afterAll(() => database.drop());

  async function start(organizationsOf: BearerOptions['organizationsOf']): Promise<void> {
    const auth = { secret: SECRET, organizationsOf };
    const module = await Test.createTestingModule({
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: database.url }), ReportsModule.forRoot({ auth })],
    }).compile();
    module.useLogger(false);
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
  }

  async function ask(organization: string, claims: object): Promise<number> {
    const authorization = `Bearer ${token({ org_id: undefined, scope: undefined, ...claims })}`;
    const url = `${await app.getUrl()}/backend/reports/${organization}/chats/availability?${RANGE}`;
    return (await fetch(url, { headers: { authorization } })).status;
  }

  it.each(ISSUERS)('%s: organizationsOf decides', async (_issuer, claims, organizationsOf) => {
    await start(organizationsOf);
    expect(await ask('7', claims)).toBe(200);
    expect(await ask('8', claims)).toBe(403);
    // The claims that are read by default do not matter, whether or not they are there.
    expect(await ask('8', { ...claims, org_id: '8', scope: 'reports:read' })).toBe(403);
    expect(await ask('7', { sub: 'nobody' })).toBe(401);
    expect(await ask('7', { ...claims, exp: undefined })).toBe(401);
    expect(await ask('7', { ...claims, sub: undefined })).toBe(401);
  });

  it.each([undefined, null, [], '', [''], [null], [{ id: 7 }], 1.5, [2 ** 53]])(
    'allow no organization if organizationsOf returns %j',
    async (found) => {
      await start(() => found);
      expect(await ask('7', {})).toBe(401);
    },
  );

  it('lead to 503 if the organizations cannot be looked up', async () => {
    await start(() => Promise.reject(new UnavailableError('The members cannot be read', new Error('away'))));
    expect(await ask('7', {})).toBe(503);
  });

  it('must be the documented ones if there is no organizationsOf', async () => {
    await start(undefined);
    expect(await ask('7', { org_id: '7', scope: 'reports:read' })).toBe(200);
    expect(await ask('7', { org_id: '7' })).toBe(403);
    expect(await ask('7', { scope: 'reports:read' })).toBe(401);
  });
});
