import { type Answer, Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { askDuring, untilAnswered } from '../support/load';
import { DatabaseProxy } from '../support/proxy';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };
const CLIENTS = 16;

describe('a database that goes away during many requests', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let backend: Backend;
  let right: unknown;

  beforeAll(async () => {
    database = await TestDatabase.create();
    const hours = Array.from({ length: 200 }, (_, hour) => ({ at: Date.parse('2023-01-02') + hour * 3_600_000 }));
    await database.insert(hours);
    proxy = await DatabaseProxy.open(database.url);
    backend = await Backend.start({ databaseUrl: proxy.url, connections: { statementTimeoutMs: 2_000 } });
    right = (await backend.report(JANUARY)).body;
  });
  afterAll(async () => {
    await backend.close();
    await proxy.close();
    await database.drop();
  });

  /** The number of connections. Those beyond the server's own belong to the test. */
  async function connections(): Promise<{ all: number; busy: number }> {
    const [counts] = await database.dataSource.query<[{ all: number; busy: number }]>(`
      select count(*)::int as all, count(*) filter (where state <> 'idle')::int as busy
      from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    return counts;
  }

  function askAndMeanwhile(work: (answers: Answer[]) => Promise<void>): Promise<Answer[]> {
    return askDuring(CLIENTS, () => backend.report(JANUARY), work);
  }

  function expectRightOrHonest(answers: Answer[]): void {
    for (const { status, body, headers } of answers) {
      if (status === 200) expect(body).toEqual(right);
      else expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    }
  }

  it('leads to 503 until it is back, then to correct answers, and leaves no connection behind', async () => {
    const answers = await askAndMeanwhile(async (soFar) => {
      for (let outage = 0; outage < 3; outage++) {
        await untilAnswered(soFar, 200, 50);
        await proxy.cut();
        await untilAnswered(soFar, 503, 50);
        await proxy.mend();
      }
      await untilAnswered(soFar, 200, 200);
    });
    expectRightOrHonest(answers);
    const { all } = await eventually(async () => {
      const counts = await connections();
      expect(counts.busy).toBe(0);
      return counts;
    });
    // The server's pool has ten connections, and the test has a few of its own.
    expect(all).toBeLessThanOrEqual(10 + 10);
    expect((await backend.report(JANUARY)).body).toEqual(right);
  });

  it('leads to correct answers over a slow network, for all requests that can wait', async () => {
    proxy.delayMs = 40;
    const answers = await askAndMeanwhile((soFar) => untilAnswered(soFar, 200, 30));
    proxy.delayMs = 0;
    expectRightOrHonest(answers);
  });
});
