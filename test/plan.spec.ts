import { Message } from '@chat-reports/nestjs';
import { DataSource, type Logger } from 'typeorm';
import { MessageRepository } from '../libs/reports/src/messages/message.repository';
import { dataSourceOptions } from '../src/database/data-source';
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

const STREAM = { organizationId: 'o1', start: new Date('2023-01-01'), end: new Date('2023-02-01') };

describe('the plan of the report', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      insert into messages
      select 'o' || i % 5, 'c' || i % 3, 's', timestamptz '2023-01-01' + i * interval '20 seconds', gen_random_uuid()
      from generate_series(1, 200000) i`);
  });
  afterAll(() => database.drop());

  /** The statement that the repository sends for a stream, explained by the database. */
  async function explain(channel?: string): Promise<PlanNode> {
    const sent: { query: string; parameters?: unknown[] }[] = [];
    const logger = { logQuery: (query: string, parameters?: unknown[]) => sent.push({ query, parameters }) };
    const options = { ...dataSourceOptions(database.url), logger: logger as unknown as Logger };
    const dataSource = await new DataSource(options).initialize();
    const before = sent.length;
    await new MessageRepository(dataSource.getRepository(Message)).findSilences({ ...STREAM, channel }, 120_000);
    await dataSource.destroy();
    expect(sent.slice(before)).toHaveLength(1);
    const { query, parameters } = sent[before]!;
    const [{ 'QUERY PLAN': plan }] = await database.dataSource.query<[{ 'QUERY PLAN': [{ Plan: PlanNode }] }]>(
      // Without running it, PostgreSQL does not show what a recursive part does for each row.
      `explain (analyze, format json) ${query}`,
      parameters,
    );
    return plan[0].Plan;
  }

  describe.each(['without statistics', 'with statistics', 'after a vacuum'])('%s', (state) => {
    beforeAll(async () => {
      if (state === 'with statistics') await database.dataSource.query('analyze messages');
      if (state === 'after a vacuum') await database.dataSource.query('vacuum messages');
    });

    it.each([
      [undefined, 'messages_pkey'],
      ['c1', 'messages_by_channel'],
    ])('probes one index for the channel %s, and never scans or sorts messages', async (channel, index) => {
      const nodes = flatten(await explain(channel));
      const probes = nodes.filter((node) => node['Relation Name'] === 'messages');
      expect(probes).toHaveLength(4);
      for (const probe of probes) {
        expect(probe['Node Type']).toMatch(/^Index (Only )?Scan$/);
        expect(probe['Index Name']).toBe(index);
        expect(probe['Index Cond']).toMatch(/organization_id = .*created_at/);
        expect(probe.Filter).toBeUndefined();
      }
      for (const sort of nodes.filter((node) => /Sort/.test(node['Node Type']))) {
        expect(sourcesOf(sort).map((node) => node['Node Type'])).toEqual(['CTE Scan']);
      }
    });
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
