import { ThrottlerStorageService } from '@nestjs/throttler';
import { createLogger } from '../src/logging/logger';
import type { RateLimitOptions } from '../src/rate-limit/rate-limit.module';
import type { ApplicationOptions } from '../src/server';
import { Backend, token } from './support/backend';
import { TestDatabase } from './support/database';
import { LogLines } from './support/log';
import { DatabaseProxy } from './support/proxy';
import { freePort, hasRedis, TestRedis } from './support/redis';

const CURRENT = '/backend/reports/123456/chats/availability/current';
const NONE: RateLimitOptions = { perAddress: 0, perToken: 0 };
const TOO_MANY = {
  statusCode: 429,
  message: expect.stringMatching(/^Too many requests: ask again in \d+ s$/) as string,
  error: 'Too Many Requests',
};

describe('the rate limit', () => {
  let database: TestDatabase;
  let opened: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterEach(async () => {
    for (const resource of opened) await resource.close();
    opened = [];
  });
  afterAll(() => database.drop());

  async function start(rateLimit: RateLimitOptions, options: Partial<ApplicationOptions> = {}): Promise<Backend> {
    const backend = await Backend.start({ databaseUrl: database.url, rateLimit, ...options });
    opened.unshift(backend);
    return backend;
  }

  function ask({ url }: Backend, headers: Record<string, string> = {}, path = CURRENT): Promise<Response> {
    return fetch(url + path, { headers: { authorization: `Bearer ${token()}`, ...headers } });
  }

  async function statuses(count: number, asking: (index: number) => Promise<Response>): Promise<number[]> {
    const found = [];
    for (let index = 0; index < count; index++) found.push((await asking(index)).status);
    return found;
  }

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
    const redisUrl = `redis://:secret@127.0.0.1:${await freePort()}`;
    const backend = await start({ perAddress: 3, perToken: 0, redisUrl }, { log: createLogger('info', lines) });
    expect(await statuses(4, () => ask(backend))).toEqual([200, 200, 200, 429]);
    expect(lines.all).not.toContain('secret');
    expect(lines.entries.filter(({ level, context }) => level === 'warn' && context === 'RateLimit')).toHaveLength(1);
  });

  (hasRedis ? describe : describe.skip)('in Redis', () => {
    let redis: TestRedis;
    let proxy: DatabaseProxy;

    beforeEach(async () => {
      redis = await TestRedis.start();
      proxy = await DatabaseProxy.open(redis.url);
    });
    afterEach(async () => {
      for (const resource of opened) await resource.close();
      opened = [];
      await proxy.close();
      await redis.stop();
    });

    it('is shared between instances', async () => {
      const limit = { perAddress: 4, perToken: 0, redisUrl: redis.url };
      const [one, other] = [await start(limit), await start(limit)];
      expect(await statuses(5, (index) => ask(index % 2 ? one : other))).toEqual([200, 200, 200, 200, 429]);
      const refused = await ask(one);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
      expect(await refused.json()).toEqual(TOO_MANY);
    });

    it.each(['cut', 'silence'] as const)(
      'goes on in memory when Redis goes (%s), without delay, and comes back',
      async (fault) => {
        const lines = new LogLines();
        const limit = { perAddress: 5, perToken: 0, redisUrl: proxy.url };
        const other = await start(limit, { log: createLogger('info', lines) });
        expect(await statuses(2, () => ask(other))).toEqual([200, 200]);

        await proxy[fault]();
        const startedAtMs = performance.now();
        // A slow Redis may have been left alone before, so memory may have counted some already.
        const answers = await statuses(6, () => ask(other));
        expect([answers.slice(0, 3), answers.at(-1)]).toEqual([[200, 200, 200], 429]);
        expect(performance.now() - startedAtMs).toBeLessThan(3_000);
        expect(lines.entries.filter(({ context }) => context === 'RateLimit')).toMatchObject([{ level: 'warn' }]);

        if (fault === 'silence') await proxy.cut();
        await proxy.mend();
        await untilBack(other, lines);
        // Two were counted before the fault, and at least one since.
        const one = await start({ ...limit, redisUrl: redis.url });
        const sinceBack = await statuses(5, () => ask(one));
        expect(sinceBack).toContain(429);
      },
    );

    async function untilBack(backend: Backend, lines: LogLines): Promise<void> {
      const deadlineMs = Date.now() + 10_000;
      while (!lines.all.includes('Redis is back') && Date.now() < deadlineMs) {
        await ask(backend);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(lines.all).toContain('Redis is back');
    }
  });
});
