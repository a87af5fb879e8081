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

const RANGE = { organizationId: 'o1', start: new Date('2023-01-05'), end: new Date('2023-02-01') };
const NOW = new Date('2023-06-01');
const THRESHOLD = 120_000;

/** Every statement over messages: what it is asked for, the index that answers, and how many probes it writes. */
const STATEMENTS: [string, Question, string, number][] = [
  ['report', (messages) => messages.findActivity(RANGE, THRESHOLD), 'messages_pkey', 4],
  [
    'report on a channel',
    (messages) => messages.findActivity({ ...RANGE, channel: 'c1' }, THRESHOLD),
    'messages_by_channel',
    4,
  ],
  [
    'report with its edges',
    (messages) => messages.findActivity({ ...RANGE, horizon: NOW }, THRESHOLD),
    'messages_pkey',
    5,
  ],
  [
    'report on a channel with its edges',
    (messages) => messages.findActivity({ ...RANGE, channel: 'c1', horizon: NOW }, THRESHOLD),
    'messages_by_channel',
    5,
  ],
  ['breakdown', (messages) => messages.findActivityByChannel(RANGE, THRESHOLD), 'messages_by_channel', 6],
  [
    'breakdown with its edges',
    (messages) => messages.findActivityByChannel({ ...RANGE, horizon: NOW }, THRESHOLD),
    'messages_by_channel',
    7,
  ],
  ['current state', (messages) => messages.findLast({ organizationId: 'o1' }, NOW), 'messages_pkey', 1],
  [
    'current state of a channel',
    (messages) => messages.findLast({ organizationId: 'o1', channel: 'c1' }, NOW),
    'messages_by_channel',
    1,
  ],
];

describe('the plan of the', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      insert into messages
      select 'o' || i % 5, 'c' || i % 3, 's', timestamptz '2023-01-01' + i * interval '20 seconds', gen_random_uuid()
      from generate_series(1, 200000) i`);
  });
  afterAll(() => database.drop());

  /** The statement that the repository sends for a question, explained by the database. */
  async function explain(question: Question): Promise<PlanNode> {
    const sent: { query: string; parameters?: unknown[] }[] = [];
    const { dataSource } = database;
    const source = new MessageSource(dataSource, {});
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

  describe.each(['without statistics', 'with statistics', 'after a vacuum'])('%s', (state) => {
    beforeAll(async () => {
      if (state === 'with statistics') await database.dataSource.query('analyze messages');
      if (state === 'after a vacuum') await database.dataSource.query('vacuum messages');
    });

    it.each(STATEMENTS)(
      '%s probes one index, and never scans or sorts messages',
      async (_name, question, index, count) => {
        const nodes = flatten(await explain(question));
        const probes = nodes.filter((node) => node['Relation Name'] === 'messages');
        expect(probes).toHaveLength(count);
        for (const probe of probes) {
          expect(probe['Node Type']).toMatch(/^Index (Only )?Scan$/);
          expect(probe['Index Name']).toBe(index);
          expect(probe['Index Cond']).toContain('organization_id = ');
          expect(probe.Filter).toBeUndefined();
        }
        for (const sort of nodes.filter((node) => /Sort/.test(node['Node Type']))) {
          expect(sourcesOf(sort).map((node) => node['Relation Name'])).not.toContain('messages');
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
