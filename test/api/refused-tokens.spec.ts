import { createHmac } from 'node:crypto';
import type { BearerOptions } from '@chat-reports/nestjs';
import { sign } from 'jsonwebtoken';
import { createLogger } from '../../src/logging/logger';
import { Backend, SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { TokenIssuer, makeKey } from '../support/issuer';
import { LogLines } from '../support/log';

const RANGE = { startDate: '2023-01-01', endDate: '2023-01-31' };
const MARKER = 'MARKER-7c1d';
const now = () => Math.floor(Date.now() / 1000);

describe('a refused token', () => {
  let database: TestDatabase;
  let lines: LogLines;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(() => {
    lines = new LogLines();
  });
  afterAll(() => database.drop());

  /** Starts a backend, sends it a token, and returns the status and the reasons in its log. */
  async function refuse(jwt: string, auth: BearerOptions, level: 'info' | 'warn' = 'info') {
    const log = createLogger(level, lines);
    const backend = await Backend.start({
      databaseUrl: database.url,
      log,
      auth: { audience: 'reports', issuer: 'login', ...auth },
    });
    const { status, headers } = await backend.report(RANGE, { authorization: `Bearer ${jwt}` });
    await backend.close();
    const requestId = headers.get('x-request-id');
    const reasons = lines.entries.filter(({ msg }) => String(msg).startsWith('Token refused'));
    for (const part of jwt.split('.').filter((text) => text.length > 2)) expect(lines.all).not.toContain(part);
    expect(lines.all).not.toContain(MARKER);
    return { status, reasons: reasons.map(({ msg, level: at, requestId: id }) => [at, id === requestId, msg]) };
  }

  const good = (claims: object = {}) => token({ aud: 'reports', iss: 'login', ...claims });

  it.each<[string, number, string]>([
    ['has expired (exp)', 401, good({ exp: now() - 600 })],
    ['is not valid yet (nbf)', 401, good({ nbf: now() + 600 })],
    ['has an invalid signature', 401, token({ aud: 'reports', iss: 'login' }, `another secret of 32 bytes: ${MARKER}`)],
    ['has another issuer (iss)', 401, good({ iss: MARKER })],
    ['has another issuer (iss)', 401, good({ iss: undefined })],
    ['has another audience (aud)', 401, good({ aud: [MARKER] })],
    ['has an algorithm that is not accepted (alg)', 401, sign({ x: MARKER }, SECRET, { algorithm: 'HS384' })],
    ['has no expiry, or one that is not a number (exp)', 401, good({ exp: undefined })],
    ['has no subject, or one that is not a string (sub)', 401, good({ sub: { name: MARKER } })],
    ['has no organization (org_id)', 401, good({ org_id: undefined })],
    ['has no organization (org_id)', 401, good({ org_id: [] })],
    ['has an organization that is neither a string nor a whole number (org_id)', 401, good({ org_id: [MARKER, 1.5] })],
    ['has an organization that is neither a string nor a whole number (org_id)', 401, good({ org_id: 2 ** 53 })],
    ['has a scope that is neither a string nor an array of strings (scope)', 401, good({ scope: { x: MARKER } })],
    ['has a scope that is neither a string nor an array of strings (scp)', 401, good({ scp: [1] })],
    ['requires an extension that is not supported (crit, b64)', 401, withHeader({ crit: ['x'], x: MARKER })],
    ['is malformed', 401, `${MARKER}.${MARKER}.${MARKER}`],
    ['is malformed', 401, signText(`{"a":${MARKER}`)],
    ['is malformed', 401, signText(JSON.stringify(MARKER))],
    ['is not a known API key, or has expired or been revoked', 401, `cr_${MARKER}`],
    ['is not exactly one bearer token', 401, `${MARKER} ${MARKER}`],
    ['does not allow access to this organization (org_id)', 403, good({ org_id: MARKER })],
    ['does not have the scope reports:read', 403, good({ scope: MARKER })],
  ])('is logged because it %s', async (reason, status, jwt) => {
    expect(await refuse(jwt, { secret: SECRET })).toEqual({
      status,
      reasons: [['info', true, `Token refused: it ${reason}`]],
    });
  });

  it('is logged because it is signed with an unknown key', async () => {
    const issuer = new TokenIssuer();
    await issuer.start();
    const unknown = makeKey('RS256');
    const jwt = sign({ sub: MARKER }, unknown.privateKey, { algorithm: 'RS256', keyid: MARKER });
    expect(await refuse(jwt, { jwksUrl: issuer.url })).toEqual({
      status: 401,
      reasons: [['info', true, 'Token refused: it is signed with a key that is unknown or too short (kid)']],
    });
    await issuer.stop();
  });

  it('leaves no trace at warn', async () => {
    expect(await refuse(good({ exp: 1 }), { secret: SECRET }, 'warn')).toEqual({ status: 401, reasons: [] });
  });

  it('is not logged if there was no token', async () => {
    const backend = await Backend.start({ databaseUrl: database.url, log: createLogger('info', lines) });
    expect((await backend.report(RANGE, { authorization: null })).status).toBe(401);
    await backend.close();
    expect(lines.all).not.toContain('Token refused');
  });
});

describe('a token is accepted', () => {
  let database: TestDatabase;
  let backend: Backend;

  beforeAll(async () => {
    database = await TestDatabase.create();
    backend = await Backend.start({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await backend.close();
    await database.drop();
  });

  it.each<[string, object]>([
    ['a scope that is an array', { scope: ['a', 'reports:read'] }],
    ['scopes in scp', { scope: undefined, scp: 'a reports:read' }],
    ['scopes in scp, an array', { scope: undefined, scp: ['reports:read'] }],
    ['scopes in both', { scope: 'a', scp: ['reports:read'] }],
    ['an organization that is a number', { org_id: 123456 }],
    ['a number among its organizations', { org_id: ['other', 123456] }],
  ])('with %s', async (_name, claims) => {
    const authorization = `Bearer ${token({ ...claims })}`;
    expect(await backend.report(RANGE, { authorization })).toMatchObject({ status: 200 });
    const access = await fetch(`${backend.url}/backend/access`, { headers: { authorization } });
    const { organization_ids, scopes } = (await access.json()) as Record<string, string[]>;
    expect([organization_ids, scopes]).toEqual([
      expect.arrayContaining(['123456']),
      expect.arrayContaining(['reports:read']),
    ]);
  });

  it('only if the scope is spelled out in full', async () => {
    for (const claims of [{ scope: ['x reports:read'] }, { scope: ['reports', 'read'] }, { scp: 'reports:readx' }]) {
      const authorization = `Bearer ${token({ scope: undefined, ...claims })}`;
      expect([claims, (await backend.report(RANGE, { authorization })).status]).toEqual([claims, 403]);
    }
  });
});

function withHeader(header: object): string {
  return sign({ sub: 's' }, SECRET, { algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT', ...header } });
}

/** Signs any text as claims. */
function signText(claims: string): string {
  const content = [JSON.stringify({ alg: 'HS256', typ: 'JWT' }), claims]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}
