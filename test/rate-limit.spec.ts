import { ThrottlerStorageService } from '@nestjs/throttler';
import { freePort } from '../src/database/free-port';
import { createLogger } from '../src/logging/logger';
import type { RateLimitOptions } from '../src/rate-limit/rate-limit.module';
import { token } from './support/backend';
import { ask, CURRENT, LimitedBackends, statuses, TOO_MANY } from './support/limited';
import { LogLines } from './support/log';

const NONE: RateLimitOptions = { perAddress: 0, perToken: 0 };

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
    expect(seconds).toBeGreaterThan(50);
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
    const backend = await start({ perAddress: 0, perToken: 2 });
    const asking = (index: number) => ask(backend, { authorization: `Bearer header.claims.signature${index}` });
    expect(await statuses(3, asking)).toEqual([401, 401, 429]);
  });

  it('counts what has no token for the address alone', async () => {
    const backend = await start({ perAddress: 0, perToken: 1 });
    expect(await statuses(4, () => fetch(backend.url + CURRENT))).toEqual([401, 401, 401, 401]);
  });

  it('is off where it is 0', async () => {
    const backend = await start(NONE);
    expect(await statuses(5, () => ask(backend))).toEqual([200, 200, 200, 200, 200]);
  });

  it('does not believe a client in whose name it asks', async () => {
    const backend = await start({ perAddress: 2, perToken: 0 });
    const asking = (index: number) => ask(backend, { 'x-forwarded-for': `192.0.2.${index}` });
    expect(await statuses(3, asking)).toEqual([200, 200, 429]);
  });

  it('believes a proxy that is trusted, and only what it has seen itself', async () => {
    const backend = await start({ perAddress: 2, perToken: 0 }, { trustedProxies: ['127.0.0.0/8'] });
    const behind = (address: string) => (index: number) =>
      ask(backend, { 'x-forwarded-for': `198.51.100.${index}, ${address}` });
    expect(await statuses(3, behind('192.0.2.1'))).toEqual([200, 200, 429]);
    expect(await statuses(3, behind('192.0.2.2'))).toEqual([200, 200, 429]);
  });

  it('forgets in memory what was counted, so that made-up tokens do not fill it', async () => {
    const storage = new ThrottlerStorageService();
    for (let index = 0; index < 1_000; index++) await storage.increment(`token:${index}`, 20, 1, 20, 'token');
    expect(storage.storage.size).toBe(1_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    (storage as unknown as { evictIdleRecords(): void }).evictIdleRecords();
    expect(storage.storage.size).toBe(0);
    storage.onApplicationShutdown();
  });

  it('counts in memory while Redis cannot be reached, from the start', async () => {
    const lines = new LogLines();
    const redisUrl = `redis://:secret@127.0.0.1:${await freePort(0)}`;
    const backend = await start({ perAddress: 3, perToken: 0, redisUrl }, { log: createLogger('info', lines) });
    expect(await statuses(4, () => ask(backend))).toEqual([200, 200, 200, 429]);
    expect(lines.all).not.toContain('secret');
    expect(lines.entries.filter(({ level, context }) => level === 'warn' && context === 'RateLimit')).toHaveLength(1);
  });
});
