import type { AvailabilityService } from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { explain, nodesOf, type PlanNode, statementsOf } from '../support/plan';

type Question = (service: AvailabilityService) => Promise<unknown>;

const RANGE = { organizationId: '1', start: new Date('2023-01-01T06:00Z'), end: new Date('2023-01-02T06:00Z') };
const NOW = new Date('2023-06-01');
const EDGES = { edges: 'count', asOf: NOW } as const;

/** Every statement over messages: the question that sends it, and the indexes that serve it. */
const STATEMENTS: [string, Question, ...('organization' | 'channel')[]][] = [
  ['report', (service) => service.report(RANGE), 'organization'],
  ['report on a channel', (service) => service.report({ ...RANGE, channel: '1' }), 'channel'],
  ['report with its edges', (service) => service.report({ ...RANGE, ...EDGES }), 'organization'],
  ['report on a channel with its edges', (service) => service.report({ ...RANGE, ...EDGES, channel: '1' }), 'channel'],
  ['breakdown', (service) => service.breakdown(RANGE), 'organization', 'channel'],
  ['breakdown with its edges', (service) => service.breakdown({ ...RANGE, ...EDGES }), 'organization', 'channel'],
  ['overview', (service) => service.overview(RANGE, 'day'), 'organization', 'channel'],
  [
    'overview of a channel with its edges',
    (service) => service.overview({ ...RANGE, ...EDGES, channel: '1' }, 'day'),
    'organization',
    'channel',
  ],
  ['channels', (service) => service.channels({ organizationId: '1' }, NOW), 'channel'],
  ['current state', (service) => service.current({ organizationId: '1' }, NOW), 'organization'],
  ['current state of a channel', (service) => service.current({ organizationId: '1', channel: '1' }, NOW), 'channel'],
];

/** Our own table, and those of other backends with the same messages: integers, UTC without a zone, a filter; numbers and SQL. */
const TABLES = {
  messages: {
    options: {},
    fill: `
      insert into messages
      select i % 5, i % 3, 's', timestamptz '2023-01-01' + i * interval '0.8 seconds', gen_random_uuid()
      from generate_series(1, 200000) i`,
    states: ['without statistics', 'with statistics', 'after a vacuum'],
    indexes: { organization: 'messages_pkey', channel: 'messages_by_channel' },
    condition: 'organization_id = ',
    filter: undefined,
  },
  notes: {
    options: {
      table: 'notes',
      columns: { organization: 'account', channel: 'inbox', session: 'thread', createdAt: 'sent' },
      filter: { where: 'kind in (:...kinds)', parameters: { kinds: [0, 1] } },
    },
    fill: `
      create table notes (id bigserial, account integer, inbox integer, thread integer, sent timestamp, kind integer);
      create index notes_of_account on notes (account, sent, id);
      create index notes_of_inbox on notes (account, inbox, sent, id);
      insert into notes (account, inbox, thread, sent, kind)
      select i % 5, i % 3, 1, timestamp '2023-01-01' + i * interval '0.8 seconds', i % 2
      from generate_series(1, 200000) i`,
    // Before PostgreSQL has analyzed a table, it assumes that the filter leaves next to nothing.
    states: ['with statistics', 'after a vacuum'],
    indexes: { organization: 'notes_of_account', channel: 'notes_of_inbox' },
    condition: 'account = 1',
    filter: "(kind = ANY ('{0,1}'::integer[]))",
  },
  events: {
    options: {
      table: 'events',
      columns: {
        organization: 'team',
        channel: { sql: `payload->>'channel'` },
        session: { sql: `payload->>'thread'` },
        createdAt: { column: 'create_at', epoch: 'ms' as const },
      },
    },
    fill: `
      create table events (id bigserial, team integer, payload jsonb, create_at bigint);
      create index events_of_team on events (team, create_at, id);
      create index events_of_channel on events (team, (payload->>'channel'), create_at, id);
      insert into events (team, payload, create_at)
      select i % 5, jsonb_build_object('channel', (i % 3)::text, 'thread', 's'), 1672531200000 + i * 800
      from generate_series(1, 200000) i`,
    states: ['with statistics', 'after a vacuum'],
    indexes: { organization: 'events_of_team', channel: 'events_of_channel' },
    condition: 'team = 1',
    filter: undefined,
  },
};

describe.each(Object.keys(TABLES) as (keyof typeof TABLES)[])('on the table %s, the plan of the', (name) => {
  const table = TABLES[name];
  let database: TestDatabase;
  let availability: OpenAvailability;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(table.fill);
    availability = await openAvailability(database.url, { messages: table.options });
  });
  afterAll(async () => {
    await availability.close();
    await database.drop();
  });

  describe.each(table.states)('%s', (state) => {
    beforeAll(async () => {
      if (state === 'with statistics') await database.dataSource.query(`analyze ${name}`);
      if (state === 'after a vacuum') await database.dataSource.query(`vacuum ${name}`);
    });

    it.each(STATEMENTS)('%s probes its indexes, row by row', async (_statement, question, ...indexes) => {
      const executed = nodesOf(await planOf(availability, question)).filter((node) => node['Actual Loops'] > 0);
      const probes = executed.filter((node) => node['Relation Name'] === name);
      const probed = new Set(probes.map((probe) => probe['Index Name']));
      expect(probed).toEqual(new Set(indexes.map((index) => table.indexes[index])));
      for (const probe of probes) {
        expect(probe['Node Type']).toMatch(/^Index (Only )?Scan$/);
        expect(probe['Index Cond']).toContain(table.condition);
        expect(probe.Filter).toBe(table.filter);
        expect(probe['Actual Rows']).toBeLessThanOrEqual(1);
      }
    });
  });
});

describe('the plan of a report', () => {
  let database: TestDatabase;
  let availability: OpenAvailability;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      insert into messages
      select 'busy', 'c', 's', timestamptz '2023-01-01' + i * interval '2 seconds', gen_random_uuid()
      from generate_series(1, 86400) i
      union all
      select 'sparse', 'c', 's', timestamptz '2023-01-01' + i * interval '5 minutes', gen_random_uuid()
      from generate_series(1, 576) i
      union all
      select 'burst', 'c', 's', timestamptz '2023-01-01T15:00:00Z' + i * interval '10 milliseconds', gen_random_uuid()
      from generate_series(1, 50000) i
      union all
      select 'regular', 'c', 's', timestamptz '2023-01-01T06:00:00Z' + i * interval '125 seconds', gen_random_uuid()
      from generate_series(0, 10000) i`);
    await database.dataSource.query('vacuum (analyze) messages');
    availability = await openAvailability(database.url);
  });
  afterAll(async () => {
    await availability.close();
    await database.drop();
  });

  /** How many rows each part of the statement has produced or read. */
  async function rowsOf(organizationId: string): Promise<{ hops: number; paired: number }> {
    const nodes = nodesOf(await planOf(availability, (service) => service.report({ ...RANGE, organizationId })));
    const readBelow = (node: PlanNode) =>
      nodesOf(node)
        .filter((below) => below['Relation Name'] === 'messages')
        .reduce((sum, below) => sum + below['Actual Rows'] * below['Actual Loops'], 0);
    const windows = nodes.filter((node) => node['Node Type'] === 'WindowAgg');
    // One of them also reads sessions, for the most silent streams.
    expect(windows).toHaveLength(2);
    return {
      hops: nodes.find((node) => node['Node Type'] === 'Recursive Union')!['Actual Rows'],
      paired: windows.reduce((sum, window) => sum + readBelow(window), 0),
    };
  }

  // A day has 720 thresholds; twelve messages in each make a stream dense.
  it('skips through a busy stream instead of reading it', async () => {
    const { hops, paired } = await rowsOf('busy');
    expect(hops).toBeGreaterThanOrEqual(720);
    expect(hops).toBeLessThan(2 * 720);
    expect(paired).toBe(0);
  });

  it('reads a sparse stream instead of skipping from message to message', async () => {
    expect(await rowsOf('sparse')).toEqual({ hops: 2, paired: 289 });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])(
    'reads sessions along with messages at regular intervals, in a range of %i days',
    async (days) => {
      const range = { organizationId: 'regular', start: RANGE.start, end: new Date(+RANGE.start + days * 86_400_000) };
      const nodes = nodesOf(await planOf(availability, (service) => service.report(range)));
      // The samples, and no probe for each gap.
      expect(Math.max(...nodes.map((node) => node['Actual Loops']))).toBe(29);
    },
  );

  it('skips through a silent stream with a burst, after reading no more than a sparse one could have', async () => {
    const { hops, paired } = await rowsOf('burst');
    expect(hops).toBeLessThan(50);
    expect(paired).toBe(12 * 720);
  });
});

/** How the database ran the last statement that a question sends. */
async function planOf({ dataSource, service }: OpenAvailability, question: Question): Promise<PlanNode> {
  const sent = await statementsOf(dataSource, () => question(service));
  return explain(dataSource, sent.at(-1)!);
}
