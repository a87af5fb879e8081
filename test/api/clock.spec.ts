import { LogLines } from '../support/log';
import { createLogger } from '../../src/logging/logger';
import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const HOUR_MS = 3_600_000;

describe.each([
  ['behind', -HOUR_MS],
  ['ahead of', HOUR_MS],
])('a server whose clock is %s that of the database', (side, differenceMs) => {
  const realMs = Date.now();
  let database: TestDatabase;
  let backend: Backend;
  let log: LogLines;
  const ask = async (path: string) => {
    const authorization = `Bearer ${token({ exp: Math.floor(realMs / 1000) + 86_400, iat: undefined })}`;
    const url = `${backend.url}/backend/reports/123456/chats/availability${path}`;
    return (await fetch(url, { headers: { authorization } })).json() as Promise<Record<string, unknown>>;
  };

  beforeAll(async () => {
    database = await TestDatabase.create();
    log = new LogLines();
    backend = await Backend.start({ databaseUrl: database.url, log: createLogger('info', log) });
    await database.dataSource.query(
      `insert into messages (id, organization_id, channel, session_id, created_at)
       select gen_random_uuid(), '123456', 'web', 's', clock_timestamp() - n * interval '30 minutes' from generate_series(0, 1) n`,
    );
    const others = ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'];
    const doNotFake = [...others, 'clearTimeout', 'clearInterval', 'clearImmediate'] as never[];
    jest.useFakeTimers({ now: Date.now() + differenceMs, doNotFake });
  });
  afterAll(async () => {
    jest.useRealTimers();
    await backend.close();
    await database.drop();
  });

  it('says that a live chat is up', async () => {
    expect(await ask('/current')).toMatchObject({ state: 'up' });
  });

  it('counts silence at the edges up to the current time of the database', async () => {
    const [startDate, endDate] = [realMs - 2 * HOUR_MS, realMs + 2 * HOUR_MS].map((at) => new Date(at).toISOString());
    const report = await ask(`?startDate=${startDate}&endDate=${endDate}&edges=count`);
    const downtimes = report.down_times as { duration: number; ongoing?: true }[];
    expect(downtimes).toHaveLength(1);
    expect(downtimes[0]).not.toHaveProperty('ongoing');
    expect(downtimes[0]!.duration / 60_000).toBeCloseTo(28, 0);
  });

  it('says in the log, once, that its clock is wrong', async () => {
    await ask('/current');
    const messages = log.entries.map(({ msg }) => String(msg));
    const warnings = messages.filter((message) => message.includes('clock of this process'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(
      `The clock of this process is 3600 s ${side} that of the database, which reports go by`,
    );
  });
});
