import type { AvailabilityRequest, AvailabilityService } from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { explain, nodesOf, type Statement, statementsOf } from '../support/plan';

const ORGANIZATION = 'the one that is asked for';
const RANGE = { organizationId: ORGANIZATION, start: new Date('2023-01-05'), end: new Date('2023-02-01') };
const NOW = new Date('2023-06-01');

/** Everything that the service can be asked, in every way that leads to a different statement. */
const EDGES: Partial<AvailabilityRequest>[] = [{}, { edges: 'count', asOf: NOW }];
const CHANNELS: Partial<AvailabilityRequest>[] = [{}, { channel: 'c1' }];

/** In a distributed table, rows are located by the distribution column: a probe without it would ask every server. */
describe('each statement over messages', () => {
  let database: TestDatabase;
  let availability: OpenAvailability;
  let statements: Statement[];

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      insert into messages
      select 'o' || i % 5, 'c' || i % 3, 's', timestamptz '2023-01-01' + i * interval '1 minute', gen_random_uuid()
      from generate_series(1, 50000) i`);
    await database.dataSource.query('vacuum (analyze) messages');
    availability = await openAvailability(database.url);
    const { dataSource, service } = availability;
    const sent = await statementsOf(dataSource, () => askEverything(service));
    statements = sent.filter(({ query }) => /\bmessages\b/.test(query));
  });
  afterAll(async () => {
    await availability?.close();
    await database?.drop();
  });

  async function askEverything(service: AvailabilityService): Promise<void> {
    for (const channel of CHANNELS) {
      for (const edges of EDGES) {
        await service.report({ ...RANGE, ...channel, ...edges });
        await service.trend({ ...RANGE, ...channel, ...edges }, 'day');
      }
      await service.current({ organizationId: ORGANIZATION, ...channel }, NOW);
    }
    for (const edges of EDGES) await service.breakdown({ ...RANGE, ...edges });
  }

  it('is one of those that the service sends', () => {
    const kinds = new Set(statements.map(({ query }) => query));
    // Reports and breakdowns with and without edges, reports and the current state with and without a channel.
    expect(kinds.size).toBe(8);
  });

  it('binds the organization once', () => {
    for (const { parameters } of statements)
      expect(parameters.filter((value) => value === ORGANIZATION)).toHaveLength(1);
  });

  it('filters by that organization wherever it names the table', () => {
    for (const { query, parameters } of statements) {
      const number = parameters.indexOf(ORGANIZATION) + 1;
      const probes = query.match(
        new RegExp(
          `\\bfrom\\s+("?public"?\\.)?"?messages"?\\s[^()]*?\\bwhere\\s+\\w+\\."?organization_id"? = \\$${number}\\b`,
          'g',
        ),
      );
      const namings = query.match(/\b(from|join)\s+("?public"?\.)?"?messages"?\s/g);
      expect(namings).not.toBeNull();
      expect(probes).toHaveLength(namings!.length);
    }
  });

  it('is planned to look for it in the index', async () => {
    for (const statement of statements) {
      const nodes = nodesOf(await explain(availability.dataSource, statement, 'plan'));
      const scans = nodes.filter((node) => node['Relation Name'] !== undefined);
      expect(scans).not.toHaveLength(0);
      for (const scan of scans) {
        expect(scan['Index Cond']).toContain(`organization_id = '${ORGANIZATION}'::text`);
      }
    }
  });
});
