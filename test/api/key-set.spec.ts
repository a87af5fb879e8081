import { createSign } from 'node:crypto';
import { request } from 'node:http';
import { sign, type SignOptions } from 'jsonwebtoken';
import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { makeKey, TokenIssuer } from '../support/issuer';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

describe('tokens that are signed by another issuer', () => {
  let database: TestDatabase;
  let issuer: TokenIssuer;
  let backend: Backend;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(async () => {
    issuer = new TokenIssuer();
    await issuer.start();
    const auth = { jwksUrl: issuer.url, issuer: 'login', audience: 'reports' };
    backend = await Backend.start({ databaseUrl: database.url, auth });
  });
  afterEach(async () => {
    await backend.close();
    await issuer.stop();
  });
  afterAll(() => database.drop());

  const ask = (jwt: string) => backend.report(JANUARY, { authorization: `Bearer ${jwt}` });
  const statusFor = async (jwt: string) => (await ask(jwt)).status;
  /** Sets the clock of this process, which the backend shares, forward. */
  const waitMs = (ms: number) => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + ms);
  };
  afterEach(() => jest.restoreAllMocks());

  it('are accepted with RS256 and ES256, and the keys are fetched once', async () => {
    for (const algorithm of ['RS256', 'ES256', 'RS256'] as const) {
      expect(await statusFor(issuer.sign({}, algorithm))).toBe(200);
    }
    expect(issuer.fetches).toBe(1);
  });

  it.each<[string, () => string]>([
    ['another issuer', () => issuer.sign({ iss: 'other' })],
    ['no issuer', () => issuer.sign({ iss: undefined })],
    ['another audience', () => issuer.sign({ aud: ['other'] })],
    ['no audience', () => issuer.sign({ aud: undefined })],
    ['an end in the past', () => issuer.sign({ exp: 1_700_000_000 })],
    [
      'no end',
      () =>
        sign(JSON.stringify({ sub: 's' }), issuer.keys[0]!.privateKey, {
          algorithm: 'RS256',
          keyid: issuer.keys[0]!.kid,
        }),
    ],
    ['a beginning in the future', () => issuer.sign({}, 'RS256', { notBefore: 60 })],
    ['the name of a key and the signature of another', () => issuer.sign({}, 'RS256', { keyid: issuer.keys[1]!.kid })],
    [
      'a key that is not published',
      () =>
        sign({ iss: 'login', aud: 'reports', sub: 's' }, makeKey('RS256').privateKey, {
          algorithm: 'RS256',
          keyid: issuer.keys[0]!.kid,
          expiresIn: 60,
        }),
    ],
    ['a secret', () => token({ iss: 'login', aud: 'reports' })],
    [
      'the public key as a secret',
      () => {
        const { kid, publicKey } = issuer.keys[0]!;
        const secret = publicKey.export({ type: 'spki', format: 'pem' }).toString();
        return token({ iss: 'login', aud: 'reports' }, secret, { keyid: kid });
      },
    ],
    [
      'RS512',
      () =>
        sign({ iss: 'login', aud: 'reports', sub: 's' }, issuer.keys[0]!.privateKey, {
          algorithm: 'RS512',
          keyid: issuer.keys[0]!.kid,
          expiresIn: 60,
        }),
    ],
  ])('are refused with %s', async (_name, jwt) => {
    expect(await statusFor(issuer.sign())).toBe(200);
    expect(await statusFor(jwt())).toBe(401);
  });

  it('are refused without a fault if the claims are null or there is an extension', async () => {
    const { kid, privateKey } = issuer.keys[0]!;
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid })).toString('base64url');
    const content = `${header}.${Buffer.from('null').toString('base64url')}`;
    const signature = createSign('sha256').update(content).sign(privateKey, 'base64url');
    expect(await statusFor(`${content}.${signature}`)).toBe(401);
    const withExtension = { header: { alg: 'RS256', kid, crit: ['exp'] } } as SignOptions;
    expect(await statusFor(issuer.sign({}, 'RS256', withExtension))).toBe(401);
  });

  it('are refused with an RSA key of fewer than 2048 bits', async () => {
    issuer.keys.push(makeKey('RS256', 1024));
    expect(await statusFor(issuer.sign({}, 'RS256', { allowInsecureKeySizes: true }))).toBe(401);
    expect(await statusFor(issuer.sign({}, 'ES256'))).toBe(200);
  });

  it('are accepted with a key that was added since', async () => {
    expect(await statusFor(issuer.sign())).toBe(200);
    issuer.keys.push(makeKey('RS256'));
    waitMs(6_000);
    expect(await statusFor(issuer.sign())).toBe(200);
    expect(issuer.fetches).toBe(2);
  });

  it('are refused with a key that was withdrawn, after ten minutes', async () => {
    const old = issuer.sign();
    expect(await statusFor(old)).toBe(200);
    issuer.keys = [makeKey('RS256')];
    waitMs(11 * 60_000);
    // The first request after that time does not wait for the new keys.
    expect(await statusFor(old)).toBe(200);
    await eventually(async () => expect(await statusFor(old)).toBe(401));
    expect(issuer.fetches).toBe(2);
  });

  it('are refused with a withdrawn key, and accepted with a new one, after the clock was set back', async () => {
    const old = issuer.sign();
    expect(await statusFor(old)).toBe(200);
    issuer.keys = [makeKey('RS256')];
    waitMs(-3_600_000);
    await statusFor(old);
    await eventually(async () => expect(await statusFor(old)).toBe(401));
    expect(await statusFor(issuer.sign())).toBe(200);
  });

  it('with made-up keys harm neither the issuer nor users with a valid key', async () => {
    const right = issuer.sign();
    expect(await statusFor(right)).toBe(200);
    // The set could be fetched again only after some time, which does not pass here.
    waitMs(0);
    const statuses = Array.from({ length: 200 }, (_, index) =>
      statusFor(issuer.sign({}, 'RS256', { keyid: `made-up-${index}` })),
    );
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([401]));
    expect(issuer.fetches).toBe(1);
    expect(await statusFor(right)).toBe(200);
  });

  it('keep working with known keys while the issuer is away; unknown keys get 503, not 401', async () => {
    const known = issuer.sign();
    expect(await statusFor(known)).toBe(200);
    await issuer.stop();
    issuer.keys.push(makeKey('RS256'));
    waitMs(11 * 60_000);
    const unknown = issuer.sign();
    expect(await statusFor(known)).toBe(200);
    const { status, body, headers } = await ask(unknown);
    expect({ status, body }).toEqual({
      status: 503,
      body: {
        statusCode: 503,
        message: 'The token keys cannot be fetched at the moment',
        error: 'Service Unavailable',
      },
    });
    expect(headers.get('retry-after')).toBe('5');
    await issuer.start();
    expect(await statusFor(unknown)).toBe(200);
  });

  it.each([
    ['an error', { status: 500, body: 'x' }],
    ['no JSON', { status: 200, body: '<html>' }],
    ['no key set', { status: 200, body: '{}' }],
  ])('are 503 while the issuer answers %s', async (_name, fault) => {
    issuer.fault = fault;
    expect(await statusFor(issuer.sign())).toBe(503);
    issuer.fault = undefined;
    expect(await statusFor(issuer.sign())).toBe(200);
  });

  it('are refused when there are two of them', async () => {
    const statusWith = (authorization: string[]) =>
      new Promise<number>((resolve) => {
        const url = `${backend.url}/backend/reports/123456/chats/availability?${new URLSearchParams(JANUARY).toString()}`;
        const headers = authorization.flatMap((value) => ['Authorization', value]);
        request(url, { headers: ['Host', 'x', ...headers] as never }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        }).end();
      });
    const header = `Bearer ${issuer.sign()}`;
    expect(await statusWith([header])).toBe(200);
    expect(await statusWith([header, header])).toBe(401);
    expect(await statusWith([header, 'Bearer x'])).toBe(401);
  });

  it('are refused when they are huge', async () => {
    expect(await statusFor(issuer.sign({ more: 'x'.repeat(8_000) }))).toBe(200);
    const tooLarge = await fetch(`${backend.url}/backend/reports/1/chats/availability`, {
      headers: { authorization: `Bearer ${issuer.sign({ more: 'x'.repeat(20_000) })}` },
    });
    expect(tooLarge.status).toBe(431);
  });
});
