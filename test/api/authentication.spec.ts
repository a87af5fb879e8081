import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { sign, type SignOptions } from 'jsonwebtoken';
import { Backend, SECRET, token } from '../support/backend';
import { useProduct } from '../support/product';

const RANGE = { startDate: '2023-01-01', endDate: '2023-01-31' };
const now = () => Math.floor(Date.now() / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const withHeader = (header: object) => ({ header: { alg: 'HS256', typ: 'JWT', ...header } }) as SignOptions;

/** Signs any text as claims. */
function signText(claims: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from(claims).toString('base64url')}`;
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}

describe('authentication', () => {
  const product = useProduct();

  const statusFor = async (authorization: string | null) =>
    (await product.backend.report(RANGE, { authorization })).status;

  it('lets in a token with sub, exp, the organization and the scope', async () => {
    expect(await statusFor(`Bearer ${token()}`)).toBe(200);
    expect(await statusFor(`Bearer ${token({ org_id: ['other', '123456'], scope: 'a reports:read b' })}`)).toBe(200);
    // The clocks of issuer and server may differ by five seconds.
    expect(await statusFor(`Bearer ${token({ exp: now() - 2 })}`)).toBe(200);
  });

  it('answers 401 in the shape of Nest, without a reason, and says that it requires a bearer token', async () => {
    const { status, body, headers } = await product.backend.report(RANGE, { authorization: null });
    expect({ status, body }).toEqual({
      status: 401,
      body: { statusCode: 401, message: 'Invalid or missing authentication token', error: 'Unauthorized' },
    });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  const publicKey = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  const unsigned = `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ sub: 's', org_id: '123456', scope: 'reports:read', exp: now() + 600 })}`;

  it.each([
    ['another scheme', `Basic ${token()}`],
    ['no scheme', token()],
    ['nothing behind the scheme', 'Bearer '],
    ['no JWT', 'Bearer abc'],
    ['another secret', `Bearer ${token({}, 'another secret of 32 bytes or more !!')}`],
    ['an empty secret', `Bearer ${unsigned}.${createHmac('sha256', '').update(unsigned).digest('base64url')}`],
    ['a public key as the secret', `Bearer ${token({}, publicKey.export({ type: 'spki', format: 'pem' }).toString())}`],
    ['no signature', `Bearer ${unsigned}.`],
    ['HS384', `Bearer ${token({}, SECRET, { algorithm: 'HS384' })}`],
    ['HS512', `Bearer ${token({}, SECRET, { algorithm: 'HS512' })}`],
    ['an end in the past', `Bearer ${token({ exp: now() - 10 })}`],
    ['no end', `Bearer ${token({ exp: undefined })}`],
    ['another token behind it', `Bearer ${token()} Bearer ${token()}`],
    ['text that is no JSON', `Bearer ${sign('claims', SECRET)}`],
    ['text behind it', `Bearer ${token()} more`],
    ['a beginning in the future', `Bearer ${token({ nbf: now() + 60 })}`],
    ['no sub', `Bearer ${token({ sub: undefined })}`],
    ['an empty sub', `Bearer ${token({ sub: '' })}`],
    ['no organization', `Bearer ${token({ org_id: undefined })}`],
    ['an organization with a NUL', `Bearer ${token({ org_id: ['123456', 'a\0'] })}`],
    ['no organization in the array', `Bearer ${token({ org_id: [] })}`],
    ['a fraction among the organizations', `Bearer ${token({ org_id: ['123456', 1.5] })}`],
    ['a scope that is an object', `Bearer ${token({ scope: { 0: 'reports:read' } })}`],
  ])('answers 401 to a token with %s', async (_case, authorization) => {
    expect(await statusFor(authorization)).toBe(401);
  });

  it.each([
    ['an extension that has to be understood', token({}, SECRET, withHeader({ crit: ['exp'] }))],
    ['an extension that nobody knows', token({}, SECRET, withHeader({ crit: ['x'], x: 1 }))],
    ['a payload that is not encoded', token({}, SECRET, withHeader({ crit: ['b64'], b64: false }))],
    ['a payload that is not encoded, which need not be understood', token({}, SECRET, withHeader({ b64: false }))],
    ...['null', '5', '"text"', '[]', 'true', '{'].map(
      (claims) => [`the claims ${claims}`, signText(claims)] as [string, string],
    ),
  ])('answers 401 to a signed token with %s', async (_case, jwt) => {
    expect(await statusFor(`Bearer ${jwt}`)).toBe(401);
  });

  it.each([
    ['another organization', token({ org_id: 'other' })],
    ['an organization of which it is a part', token({ org_id: '1234567' })],
    ['no scope', token({ scope: undefined })],
    ['another scope', token({ scope: 'reports:write reports:reader' })],
  ])('answers 403 to a token with %s', async (_case, jwt) => {
    const { status, body } = await product.backend.report(RANGE, { authorization: `Bearer ${jwt}` });
    expect({ status, body }).toMatchObject({ status: 403, body: { statusCode: 403, error: 'Forbidden' } });
  });

  it('is separate for each application in one process', async () => {
    const secret = 'the secret of another application, 32 bytes';
    const other = await Backend.start({ databaseUrl: product.database.url, auth: { secret } });
    const statuses = [];
    for (const backend of [product.backend, other]) {
      for (const jwt of [token(), token({}, secret)]) {
        statuses.push((await backend.report(RANGE, { authorization: `Bearer ${jwt}` })).status);
      }
    }
    await other.close();
    expect(statuses).toEqual([200, 401, 401, 200]);
  });

  it('does not tell a stranger whether a parameter is wrong', async () => {
    expect((await product.backend.report({}, { authorization: null })).status).toBe(401);
  });

  it.each([
    ['a good one and a bad one', [`Bearer ${token()}`, 'Bearer x']],
    ['the same one twice', [`Bearer ${token()}`, `Bearer ${token()}`]],
  ])('answers 401 to two headers with %s', async (_case, headers) => {
    const path = '/backend/reports/123456/chats/availability/current';
    const request = get(product.backend.url + path, { headers: { Authorization: headers } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.resume().statusCode).toBe(401);
  });

  it('does not take a token from the query', async () => {
    expect((await product.backend.report({ ...RANGE, access_token: token() }, { authorization: null })).status).toBe(
      401,
    );
  });

  it.each(['a/b c%?ü', '💬'.repeat(127)])(
    'reads the organization %s, whose name is escaped in a path',
    async (organizationId) => {
      expect((await product.backend.report(RANGE, { organizationId })).status).toBe(200);
    },
  );

  it('answers invalid paths in the same shape', async () => {
    const response = await fetch(`${product.backend.url}/backend/reports/%zz/chats/availability`);
    expect({ status: response.status, body: (await response.json()) as unknown }).toMatchObject({
      status: 400,
      body: { statusCode: 400, message: expect.stringContaining('%zz') as string, error: 'Bad Request' },
    });
  });
});
