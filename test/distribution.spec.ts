import { type AvailabilityRequest, AvailabilityService, ReportsModule } from '@chat-reports/nestjs';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/data-source';
import { TestDatabase } from './support/database';
import { SECRET } from './support/backend';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

interface Statement {
  query: string;
  parameters: unknown[];
}

const ORGANIZATION = 'the one that is asked for';
const RANGE = { organizationId: ORGANIZATION, start: new Date('2023-01-05'), end: new Date('2023-02-01') };
const NOW = new Date('2023-06-01');

/** Everything that the service can be asked, in every way that makes another statement. */
const EDGES: Partial<AvailabilityRequest>[] = [{}, { edges: 'count', now: NOW }];
const CHANNELS: Partial<AvailabilityRequest>[] = [{}, { channel: 'c1' }];

/** A distributed table is found by its distribution column: a probe without it would ask every server. */
describe('each statement over messages', () => {
  let database: TestDatabase;
  let application: INestApplicationContext;
  let dataSource: DataSource;
  const statements: Statement[] = [];

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      insert into messages
      select 'o' || i % 5, 'c' || i % 3, 's', timestamptz '2023-01-01' + i * interval '1 minute', gen_random_uuid()
      from generate_series(1, 50000) i`);
    await database.dataSource.query('vacuum (analyze) messages');
    const imports = [
      TypeOrmModule.forRoot(dataSourceOptions(database.url)),
      ReportsModule.forRoot({ auth: { secret: SECRET } }),
    ];
    application = await NestFactory.createApplicationContext({ module: class Host {}, imports }, { logger: false });
    dataSource = application.get(DataSource);
    dataSource.subscribers.push({
      beforeQuery: ({ query, parameters }) => {
        if (/\bmessages\b/.test(query)) statements.push({ query, parameters: parameters as unknown[] });
      },
    });
    await askEverything(application.get(AvailabilityService, { strict: false }));
    dataSource.subscribers.pop();
  });
  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  async function askEverything(availability: AvailabilityService): Promise<void> {
    for (const channel of CHANNELS) {
      for (const edges of EDGES) {
        await availability.report({ ...RANGE, ...channel, ...edges });
        await availability.trend({ ...RANGE, ...channel, ...edges }, 'day');
      }
      await availability.current({ organizationId: ORGANIZATION, ...channel }, NOW);
    }
    for (const edges of EDGES) await availability.breakdown({ ...RANGE, ...edges });
  }

  it('is one of those that the service sends', () => {
    const kinds = new Set(statements.map(({ query }) => query));
    // Reports and breakdowns with and without edges, reports and the current state with and without a channel.
    expect(kinds.size).toBe(8);
  });

  it('has the organization as its first parameter', () => {
    for (const { parameters } of statements) expect(parameters[0]).toBe(ORGANIZATION);
  });

  it('asks for that organization wherever it names the table', () => {
    for (const { query } of statements) {
      const probes = query.match(
        /\bfrom\s+("?public"?\.)?"?messages"?\s[^()]*?\bwhere\s+\w+\."?organization_id"? = \$1\b/g,
      );
      const namings = query.match(/\b(from|join)\s+("?public"?\.)?"?messages"?\s/g);
      expect(namings).not.toBeNull();
      expect(probes).toHaveLength(namings!.length);
    }
  });

  it('is planned to look for it in the index', async () => {
    for (const { query, parameters } of statements) {
      const [{ 'QUERY PLAN': plan }] = await dataSource.query<[{ 'QUERY PLAN': [{ Plan: PlanNode }] }]>(
        `explain (format json) ${query}`,
        parameters,
      );
      const scans = flatten(plan[0].Plan).filter((node) => node['Relation Name'] !== undefined);
      expect(scans).not.toHaveLength(0);
      for (const scan of scans) {
        expect(scan['Index Cond']).toContain(`organization_id = '${ORGANIZATION}'::text`);
      }
    }
  });
});

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
