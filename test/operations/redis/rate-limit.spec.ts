import { createLogger } from '../../../src/logging/logger';
import type { Backend } from '../../support/backend';
import { eventually } from '../../support/eventually';
import { ask, LimitedBackends, statuses, TOO_MANY } from '../../support/limited';
import { LogLines } from '../../support/log';
import { DatabaseProxy } from '../../support/proxy';
import { TestRedis } from '../../support/redis';
import { makeWaitsEndless } from '../../support/waits';

describe('the rate limit in Redis', () => {
  const backends = new LimitedBackends();
  const start: LimitedBackends['start'] = (...parameters) => backends.start(...parameters);

  beforeAll(() => backends.open());
  afterAll(() => backends.drop());

  let redis: TestRedis;
  let proxy: DatabaseProxy;

  beforeEach(async () => {
    redis = await TestRedis.start();
    proxy = await DatabaseProxy.open(redis.url);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await backends.tidy();
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
      // No request may wait for Redis for a second, and it is left alone while this clock stands still.
      const now = performance.now();
      jest.spyOn(performance, 'now').mockReturnValue(now);
      makeWaitsEndless(1_000);
      // A slow Redis may have been left alone before, so memory may have counted some already.
      const answers = await statuses(6, () => ask(other));
      expect([answers.slice(0, 3), answers.at(-1)]).toEqual([[200, 200, 200], 429]);
      jest.restoreAllMocks();
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
    await eventually(async () => {
      await ask(backend);
      expect(lines.all).toContain('Redis is back');
    });
  }
});
