import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { ScheduleService } from '../../src/schedule/schedule.service';
import type { AskOptions } from '../support/backend';
import { casesOf } from '../support/cases';
import { statementsOf } from '../support/plan';
import { useProduct } from '../support/product';
import { usesRollups } from '../support/sealing';
import { messageStreams, rangesAround } from '../support/streams';

const DAY = { startDate: '2023-01-02', endDate: '2023-01-02', interval: 'hour' };
const ALL_DAY = '00:00-24:00';

type Query = Record<string, string>;

/** The parameters of an overview that all of the other routes have. */
const SHARED = ['startDate', 'endDate', 'edges', 'timezone', 'hours'];
const ROUTES = {
  report: { below: '', parameters: [...SHARED, 'channel', 'include', 'limit', 'min_duration'] },
  trend: { below: '/trend', parameters: [...SHARED, 'channel', 'interval'] },
  breakdown: { below: '/breakdown', parameters: SHARED },
} as const;

const streams = messageStreams.chain((messages) =>
  fc.record({ messages: fc.constant(messages), range: rangesAround(messages) }),
);
const options = fc.record(
  {
    channel: fc.constantFrom('web', 'mail', 'none', ''),
    edges: fc.constantFrom('ignore', 'count'),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns'),
    hours: fc.constantFrom('scheduled', 'scheduled', ''),
    include: fc.constantFrom('summary', 'closed_times', 'summary,closed_times'),
    limit: fc.constantFrom('1', '3'),
    min_duration: fc.constantFrom('60000', '0'),
  },
  { requiredKeys: [] },
);

/** A downtime of which the scheduled hours exclude a part. */
const EXCLUDED = {
  messages: ['09:00', '11:00'].map((time, index) => ({
    organizationId: 'a',
    channel: 'mail',
    sessionId: 's1',
    id: `00000000-0000-4000-8000-00000000000${index}`,
    at: Date.parse(`2023-05-01T${time}:00Z`),
  })),
  range: { startMs: Date.parse('2023-05-01T08:00:00Z'), endMs: Date.parse('2023-05-01T12:00:00Z') },
};

describe.each([
  { indexes: 'with its indexes', isIndexed: true },
  { indexes: 'without an index', isIndexed: false },
])('an overview of a table $indexes', ({ isIndexed }) => {
  const product = useProduct(isIndexed);

  const textOf = async (query: Query, below: AskOptions['below'] | '') => {
    const response = await product.backend.ask(query, { organizationId: 'a', ...(below && { below }) });
    expect([below, query, response.status]).toEqual([below, query, 200]);
    return response.text();
  };

  /** Combines the answers of the other routes. */
  async function together(query: Query): Promise<string> {
    const parts = Object.entries(ROUTES).map(async ([name, { below, parameters }]) => {
      const own = Object.entries(query).filter(([parameter]) => parameters.includes(parameter));
      return `"${name}":${await textOf(Object.fromEntries(own), below)}`;
    });
    return `{${(await Promise.all(parts)).join(',')}}`;
  }

  beforeAll(() =>
    new ScheduleService(product.database.dataSource).put(
      {
        timezone: 'Europe/Berlin',
        versions: [{ valid_from: null, hours: 'Mo-Su 08:00-18:00' }],
        exceptions: [],
        exclusions: [{ start: '2023-05-01T10:00:00Z', end: '2023-05-01T10:30:00Z', reason: 'maintenance' }],
        channels: {
          web: {
            timezone: 'Europe/Berlin',
            versions: [{ valid_from: null, hours: 'Mo-Su 00:00-24:00' }],
            exceptions: [],
            exclusions: [],
          },
        },
      },
      { organizationId: 'a', replaces: 'any', changedBy: 'test' },
    ),
  );

  it('is byte for byte what report, trend and breakdown answer', async () => {
    const seen = { withDowntime: 0, withExclusions: 0 };
    await fc.assert(
      fc.asyncProperty(
        streams,
        options,
        fc.constantFrom('hour', 'day', 'week'),
        async ({ messages, range }, more, interval) => {
          await product.database.clear();
          await product.database.insert(messages);
          const [startDate, endDate] = [range.startMs, range.endMs].map((ms) => new Date(ms).toISOString());
          const query = { startDate: startDate!, endDate: endDate!, interval, ...more };
          const overview = await textOf(query, '/overview');
          expect(overview).toBe(await together(query));
          if (overview.includes('session_id')) seen.withDowntime++;
          if (overview.includes('before_exclusions')) seen.withExclusions++;
        },
      ),
      { numRuns: casesOf(300, 15), examples: [[EXCLUDED, { hours: 'scheduled', include: 'summary' }, 'hour']] },
    );
    expect(seen.withDowntime).toBeGreaterThan(0);
    expect(seen.withExclusions).toBeGreaterThan(0);
  });
});

describe('an overview', () => {
  const product = useProduct();
  const ask = (query: Query, accept?: string) =>
    product.backend.report({ ...DAY, ...query }, { below: '/overview', accept });

  it.each([[{}], [{ channel: 'web' }], [{ hours: ALL_DAY, timezone: 'UTC' }], [{ edges: 'count' }]])(
    'of %j takes one statement over messages',
    async (query) => {
      await product.database.insert(['web', 'mail'].map((channel) => ({ channel, at: '2023-01-02T10:00:00Z' })));
      await ask(query);
      const sent = await statementsOf(product.backend.app.get(DataSource), () => ask(query));
      const count = sent.filter((statement) => /from "messages"/.test(statement.query)).length;
      // With stored days, it reads only messages at the ends of the range.
      if (usesRollups) expect(count).toBeLessThanOrEqual(6);
      else expect(count).toBe(1);
    },
  );

  it('has no CSV: it refuses the parameter, and answers JSON to clients that accept nothing else', async () => {
    for (const [name, value] of [
      ['format', 'csv'],
      ['bom', 'true'],
    ] as const) {
      expect(await ask({ [name]: value })).toMatchObject({ status: 400 });
      expect(await product.backend.report({ [name]: value }, { below: '/current' })).toMatchObject({ status: 400 });
    }
    const { status, headers } = await ask({}, 'text/csv');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  });

  it.each([
    [{ interval: 'decade' }, 'interval must be'],
    [{ startDate: '2023-02-30' }, 'startDate'],
    [{ limit: '0' }, 'limit must be a whole number of at least 1, given once'],
    [{ group: 'x' }, 'group'],
  ])('refuses %j', async (query, message) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect((body as { message: string[] }).message.join()).toContain(message);
  });

  it('needs an interval', async () => {
    const { startDate, endDate } = DAY;
    expect(await product.backend.report({ startDate, endDate }, { below: '/overview' })).toMatchObject({ status: 400 });
  });
});
