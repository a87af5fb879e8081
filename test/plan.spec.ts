import type { DataSource } from 'typeorm';
import type { MessagesOptions } from '../libs/reports/src/messages/messages.options';
import { MessageRepository } from '../libs/reports/src/messages/message.repository';
import { MessageSource } from '../libs/reports/src/messages/message.source';
import { TestDatabase } from './support/database';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Parent Relationship'?: string;
  'Actual Loops': number;
  'Actual Rows': number;
  Filter?: string;
  Plans?: PlanNode[];
}

type Question = (repository: MessageRepository) => Promise<unknown>;

const RANGE = { organizationId: '1', start: new Date('2023-01-01T06:00Z'), end: new Date('2023-01-02T06:00Z') };
const NOW = new Date('2023-06-01');
const THRESHOLD = 120_000;

/** Every statement over messages: what it is asked for, and the index that answers. */
const STATEMENTS: [string, Question, 'organization' | 'channel'][] = [
  ['report', (messages) => messages.findActivity(RANGE, THRESHOLD), 'organization'],
  ['report on a channel', (messages) => messages.findActivity({ ...RANGE, channel: '1' }, THRESHOLD), 'channel'],
  ['report with its edges', (messages) => messages.findActivity({ ...RANGE, horizon: NOW }, THRESHOLD), 'organization'],
  [
    'report on a channel with its edges',
    (messages) => messages.findActivity({ ...RANGE, channel: '1', horizon: NOW }, THRESHOLD),
    'channel',
  ],
  ['breakdown', (messages) => messages.findActivityByChannel(RANGE, THRESHOLD), 'channel'],
  [
    'breakdown with its edges',
    (messages) => messages.findActivityByChannel({ ...RANGE, horizon: NOW }, THRESHOLD),
    'channel',
  ],
  ['current state', (messages) => messages.findLast({ organizationId: '1' }, NOW), 'organization'],
  [
    'current state of a channel',
    (messages) => messages.findLast({ organizationId: '1', channel: '1' }, NOW),
    'channel',
  ],
];

/** Our own table, and one of another backend with the same messages: integers, UTC without a zone, a filter. */
const TABLES = {
  messages: {
    options: {},
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
    // Before PostgreSQL has ever looked at a table it takes the filter to leave next to nothing.
    states: ['with statistics', 'after a vacuum'],
    indexes: { organization: 'notes_of_account', channel: 'notes_of_inbox' },
    condition: 'account = 1',
    filter: "(kind = ANY ('{0,1}'::integer[]))",
  },
};

describe.each(Object.keys(TABLES) as (keyof typeof TABLES)[])('on the table %s, the plan of the', (name) => {
  const table = TABLES[name];
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      insert into messages
      select i % 5, i % 3, 's', timestamptz '2023-01-01' + i * interval '0.8 seconds', gen_random_uuid()
      from generate_series(1, 200000) i;
      create table notes (id bigserial, account integer, inbox integer, thread integer, sent timestamp, kind integer);
      create index notes_of_account on notes (account, sent, id);
      create index notes_of_inbox on notes (account, inbox, sent, id);
      insert into notes (account, inbox, thread, sent, kind)
      select i % 5, i % 3, 1, timestamp '2023-01-01' + i * interval '0.8 seconds', i % 2
      from generate_series(1, 200000) i`);
  });
  afterAll(() => database.drop());

  describe.each(table.states)('%s', (state) => {
    beforeAll(async () => {
      if (state === 'with statistics') await database.dataSource.query(`analyze ${name}`);
      if (state === 'after a vacuum') await database.dataSource.query(`vacuum ${name}`);
    });

    it.each(STATEMENTS)('%s probes one index, row by row', async (_statement, question, index) => {
      const executed = flatten(await explain(database.dataSource, table.options, question)).filter(
        (node) => node['Actual Loops'] > 0,
      );
      const probes = executed.filter((node) => node['Relation Name'] === name);
      expect(probes).not.toHaveLength(0);
      for (const probe of probes) {
        expect(probe['Node Type']).toMatch(/^Index (Only )?Scan$/);
        expect(probe['Index Name']).toBe(table.indexes[index]);
        expect(probe['Index Cond']).toContain(table.condition);
        expect(probe.Filter).toBe(table.filter);
        expect(probe['Actual Rows']).toBeLessThanOrEqual(1);
      }
    });
  });
});

describe('the plan of a report', () => {
  let database: TestDatabase;

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
      from generate_series(1, 50000) i`);
    await database.dataSource.query('vacuum (analyze) messages');
  });
  afterAll(() => database.drop());

  /** How many rows each part of the statement has made or read. */
  async function rowsOf(organizationId: string): Promise<{ hops: number; paired: number; counted: number }> {
    const plan = await explain(database.dataSource, {}, (messages) =>
      messages.findActivity({ ...RANGE, organizationId }, THRESHOLD),
    );
    const nodes = flatten(plan);
    const readBelow = (node: PlanNode) =>
      flatten(node)
        .filter((below) => below['Relation Name'] === 'messages')
        .reduce((sum, below) => sum + below['Actual Rows'] * below['Actual Loops'], 0);
    // The other aggregate is the mean of the trials.
    const count = nodes.filter((node) => node['Node Type'] === 'Aggregate').at(-1)!;
    return {
      hops: nodes.find((node) => node['Node Type'] === 'Recursive Union')!['Actual Rows'],
      paired: readBelow(nodes.find((node) => node['Node Type'] === 'WindowAgg')!),
      counted: readBelow(count),
    };
  }

  // A day has 720 thresholds; eight messages in each make a stream dense.
  it('hops over a busy stream, and neither counts nor reads it', async () => {
    const { hops, paired, counted } = await rowsOf('busy');
    expect(hops).toBeGreaterThanOrEqual(720);
    expect(hops).toBeLessThan(2 * 720);
    expect({ paired, counted }).toEqual({ paired: 0, counted: 0 });
  });

  it('reads a sparse stream instead of hopping from message to message', async () => {
    expect(await rowsOf('sparse')).toEqual({ hops: 1, paired: 289, counted: 289 });
  });

  it('hops over a silent stream with a burst, after counting no more than a sparse one could have', async () => {
    const { hops, paired, counted } = await rowsOf('burst');
    expect(hops).toBeLessThan(50);
    expect({ paired, counted }).toEqual({ paired: 0, counted: 8 * 720 });
  });
});

/** The statement that the repository sends for a question, explained by the database. */
async function explain(dataSource: DataSource, messages: MessagesOptions, question: Question): Promise<PlanNode> {
  const sent: { query: string; parameters?: unknown[] }[] = [];
  const source = new MessageSource(dataSource, { messages });
  await source.read();
  dataSource.subscribers.push({
    beforeQuery: ({ query, parameters }) => void sent.push({ query, parameters: parameters as unknown[] }),
  });
  await question(new MessageRepository(source));
  dataSource.subscribers.pop();
  expect(sent).toHaveLength(1);
  const [{ 'QUERY PLAN': plan }] = await dataSource.query<[{ 'QUERY PLAN': [{ Plan: PlanNode }] }]>(
    // Without running it, PostgreSQL does not show what a recursive part does for each row.
    `explain (analyze, format json) ${sent[0]!.query}`,
    sent[0]!.parameters,
  );
  return plan[0].Plan;
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
