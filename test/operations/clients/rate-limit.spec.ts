import { DEFAULT_SWEEP_INTERVAL, ThrottlerStorageService } from '@nestjs/throttler';
import { freePort } from '../../support/free-port';
import { createLogger } from '../../../src/logging/logger';
import type { RateLimitOptions } from '../../../src/rate-limit/rate-limit.module';
import { token } from '../../support/backend';
import { ask, CURRENT, LimitedBackends, statuses, TOO_MANY } from '../../support/limited';
import { TokenIssuer } from '../../support/issuer';
import { LogLines } from '../../support/log';

const NONE: RateLimitOptions = { perAddress: 0, perToken: 0 };

/** The order of the group of P-256, in which a signature (r, s) is as valid as (r, order - s). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function withOtherSignature(jwt: string): string {
  const [header, claims, signature] = jwt.split('.');
  const bytes = Buffer.from(signature!, 'base64url').toString('hex');
  const s = ORDER - BigInt(`0x${bytes.slice(64)}`);
  const other = Buffer.from(bytes.slice(0, 64) + s.toString(16).padStart(64, '0'), 'hex');
  return [header, claims, other.toString('base64url')].join('.');
}

describe('the rate limit', () => {
  const backends = new LimitedBackends();
  const start: LimitedBackends['start'] = (...parameters) => backends.start(...parameters);

  beforeAll(() => backends.open());
  afterEach(() => backends.tidy());
  afterAll(() => backends.drop());

  it('answers 429 with the seconds to wait, before it looks at the token', async () => {
    const backend = await start({ perAddress: 3, perToken: 0 });
    expect(await statuses(3, () => ask(backend, { authorization: 'Bearer x' }))).toEqual([401, 401, 401]);
    const answer = await ask(backend, { authorization: 'Bearer x' });
    expect({ status: answer.status, body: (await answer.json()) as unknown }).toEqual({ status: 429, body: TOO_MANY });
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('counts an address over all routes together', async () => {
    const backend = await start({ perAddress: 2, perToken: 0 });
    const report = CURRENT.replace('/current', '?startDate=2023-01-01&endDate=2023-01-31');
    expect((await ask(backend)).status).toBe(200);
    expect((await ask(backend, {}, report)).status).toBe(200);
    expect((await ask(backend, {}, report)).status).toBe(429);
  });

  it('counts each token for itself', async () => {
    const backend = await start({ perAddress: 0, perToken: 2 });
    const [one, other] = ['one', 'other'].map((sub) => ({ authorization: `Bearer ${token({ sub })}` }));
    expect(await statuses(3, () => ask(backend, one))).toEqual([200, 200, 429]);
    const refused = await ask(backend, one);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await refused.json()).toEqual(TOO_MANY);
    expect(await statuses(3, () => ask(backend, other))).toEqual([200, 200, 429]);
  });

  it('counts a token as one, however its signature is written', async () => {
    const issuer = new TokenIssuer();
    await issuer.start();
    const auth = { jwksUrl: issuer.url };
    const backend = await start({ perAddress: 0, perToken: 2 }, { auth });
    const jwt = issuer.sign({}, 'ES256');
    const asking = (index: number) =>
      ask(backend, { authorization: `Bearer ${index % 2 ? jwt : withOtherSignature(jwt)}` });
    expect(await statuses(3, asking)).toEqual([200, 200, 429]);
    await issuer.stop();
  });

  it('leaves the allowance of a token to its owner', async () => {
    const backend = await start({ perAddress: 0, perToken: 2 });
    const jwt = token();
    const forged = `${jwt.slice(0, jwt.lastIndexOf('.'))}.forged`;
    const refused = await statuses(4, () => ask(backend, { authorization: `Bearer ${forged}` }));
    expect(refused).toEqual([401, 401, 401, 401]);
    expect(await statuses(3, () => ask(backend, { authorization: `Bearer ${jwt}` }))).toEqual([200, 200, 429]);
  });

  it('counts each request once for its address and once for its token', async () => {
    const backend = await start({ perAddress: 4, perToken: 3 });
    const [one, other] = ['one', 'other'].map((sub) => ({ authorization: `Bearer ${token({ sub })}` }));
    expect(await statuses(3, () => ask(backend, one))).toEqual([200, 200, 200]);
    expect(await statuses(2, () => ask(backend, other))).toEqual([200, 429]);
  });

  it('counts requests without a token for the address only', async () => {
    const backend = await start({ perAddress: 0, perToken: 1 });
    expect(await statuses(4, () => fetch(backend.url + CURRENT))).toEqual([401, 401, 401, 401]);
  });

  it('is off if it is 0', async () => {
    const backend = await start(NONE);
    expect(await statuses(5, () => ask(backend))).toEqual([200, 200, 200, 200, 200]);
  });

  it('does not believe what a client says about its address', async () => {
    const backend = await start({ perAddress: 2, perToken: 0 });
    const asking = (index: number) => ask(backend, { 'x-forwarded-for': `192.0.2.${index}` });
    expect(await statuses(3, asking)).toEqual([200, 200, 429]);
  });

  it('believes a trusted proxy, but only about the address that it has seen itself', async () => {
    const backend = await start({ perAddress: 2, perToken: 0 }, { trustedProxies: ['127.0.0.0/8'] });
    const behind = (address: string) => (index: number) =>
      ask(backend, { 'x-forwarded-for': `198.51.100.${index}, ${address}` });
    expect(await statuses(3, behind('192.0.2.1'))).toEqual([200, 200, 429]);
    expect(await statuses(3, behind('192.0.2.2'))).toEqual([200, 200, 429]);
  });

  it.each([
    ['an IPv4 address with a port', (index: number) => `192.0.2.1:${50_000 + index}`],
    ['an IPv6 address with a port', (index: number) => `[2001:db8::1]:${50_000 + index}`],
    ['a /64 network of IPv6', (index: number) => `2001:db8::${index + 1}`],
    ['an IPv6 address, however it is written', (index: number) => ['2001:db8::1', '[2001:db8::1]'][index % 2]!],
    ['a client behind a proxy with a port', (index: number) => `192.0.2.1, 127.0.0.2:${50_000 + index}`],
  ])('counts as one %s', async (_name, forwarded) => {
    const backend = await start({ perAddress: 2, perToken: 0 }, { trustedProxies: ['127.0.0.0/8'] });
    const asking = (index: number) => ask(backend, { 'x-forwarded-for': forwarded(index) });
    expect(await statuses(3, asking)).toEqual([200, 200, 429]);
    expect((await ask(backend, { 'x-forwarded-for': '192.0.2.2:50000' })).status).toBe(200);
  });

  it('does not block a client for longer when the clock is set back', async () => {
    const backend = await start({ perAddress: 2, perToken: 0 });
    expect(await statuses(3, () => ask(backend))).toEqual([200, 200, 429]);
    const anHourAgo = Date.now() - 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(anHourAgo);
    const answers = await statuses(3, () => ask(backend));
    jest.restoreAllMocks();
    expect(answers).toEqual([200, 200, 429]);
  });

  it('keeps counts in memory only for a while, so that made-up tokens do not fill it', async () => {
    jest.useFakeTimers();
    const storage = new ThrottlerStorageService();
    for (let index = 0; index < 1_000; index++) await storage.increment(`token:${index}`, 20, 1, 20, 'token');
    expect(storage.storage.size).toBe(1_000);
    jest.advanceTimersByTime(DEFAULT_SWEEP_INTERVAL);
    expect(storage.storage.size).toBe(0);
    storage.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('counts in memory while Redis cannot be reached, from the start', async () => {
    const lines = new LogLines();
    const redisUrl = `redis://:secret@127.0.0.1:${await freePort()}`;
    const backend = await start({ perAddress: 3, perToken: 0, redisUrl }, { log: createLogger('info', lines) });
    expect(await statuses(4, () => ask(backend))).toEqual([200, 200, 200, 429]);
    expect(lines.all).not.toContain('secret');
    expect(lines.entries.filter(({ level, context }) => level === 'warn' && context === 'RateLimit')).toHaveLength(1);
  });
});
