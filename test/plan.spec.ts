import { MessageRepository } from '../libs/reports/src/messages/message.repository';
import { MessageSource } from '../libs/reports/src/messages/message.source';
import { TestDatabase } from './support/database';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Parent Relationship'?: string;
  Filter?: string;
  Plans?: PlanNode[];
}

type Question = (repository: MessageRepository) => Promise<unknown>;

const RANGE = { organizationId: '1', start: new Date('2023-01-05'), end: new Date('2023-02-01') };
const NOW = new Date('2023-06-01');
const THRESHOLD = 120_000;

/** Every statement over messages: what it is asked for, the index that answers, and how many probes it writes. */
const STATEMENTS: [string, Question, 'organization' | 'channel', number][] = [
  ['report', (messages) => messages.findActivity(RANGE, THRESHOLD), 'organization', 4],
  ['report on a channel', (messages) => messages.findActivity({ ...RANGE, channel: '1' }, THRESHOLD), 'channel', 4],
  [
    'report with its edges',
    (messages) => messages.findActivity({ ...RANGE, horizon: NOW }, THRESHOLD),
    'organization',
    5,
  ],
  [
    'report on a channel with its edges',
    (messages) => messages.findActivity({ ...RANGE, channel: '1', horizon: NOW }, THRESHOLD),
    'channel',
    5,
  ],
  ['breakdown', (messages) => messages.findActivityByChannel(RANGE, THRESHOLD), 'channel', 6],
  [
    'breakdown with its edges',
    (messages) => messages.findActivityByChannel({ ...RANGE, horizon: NOW }, THRESHOLD),
    'channel',
    7,
  ],
  ['current state', (messages) => messages.findLast({ organizationId: '1' }, NOW), 'organization', 1],
  [
    'current state of a channel',
    (messages) => messages.findLast({ organizationId: '1', channel: '1' }, NOW),
    'channel',
    1,
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
      select i % 5, i % 3, 's', timestamptz '2023-01-01' + i * interval '20 seconds', gen_random_uuid()
      from generate_series(1, 200000) i;
      create table notes (id bigserial, account integer, inbox integer, thread integer, sent timestamp, kind integer);
      create index notes_of_account on notes (account, sent, id);
      create index notes_of_inbox on notes (account, inbox, sent, id);
      insert into notes (account, inbox, thread, sent, kind)
      select i % 5, i % 3, 1, timestamp '2023-01-01' + i * interval '20 seconds', i % 2
      from generate_series(1, 200000) i`);
  });
  afterAll(() => database.drop());

  /** The statement that the repository sends for a question, explained by the database. */
  async function explain(question: Question): Promise<PlanNode> {
    const sent: { query: string; parameters?: unknown[] }[] = [];
    const { dataSource } = database;
    const source = new MessageSource(dataSource, { messages: table.options });
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

  describe.each(table.states)('%s', (state) => {
    beforeAll(async () => {
      if (state === 'with statistics') await database.dataSource.query(`analyze ${name}`);
      if (state === 'after a vacuum') await database.dataSource.query(`vacuum ${name}`);
    });

    it.each(STATEMENTS)(
      '%s probes one index, and never scans or sorts messages',
      async (_statement, question, index, count) => {
        const nodes = flatten(await explain(question));
        const probes = nodes.filter((node) => node['Relation Name'] === name);
        expect(probes).toHaveLength(count);
        for (const probe of probes) {
          expect(probe['Node Type']).toMatch(/^Index (Only )?Scan$/);
          expect(probe['Index Name']).toBe(table.indexes[index]);
          expect(probe['Index Cond']).toContain(table.condition);
          expect(probe.Filter).toBe(table.filter);
        }
        for (const sort of nodes.filter((node) => /Sort/.test(node['Node Type']))) {
          expect(sourcesOf(sort).map((node) => node['Relation Name'])).not.toContain(name);
        }
      },
    );
  });
});

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** The scans whose rows a node reads, not those that run beside it once for each row or before it. */
function sourcesOf(node: PlanNode): PlanNode[] {
  const inputs = (node.Plans ?? []).filter((child) => !/InitPlan|SubPlan/.test(child['Parent Relationship']!));
  return inputs.length === 0 ? [node] : inputs.flatMap(sourcesOf);
}
