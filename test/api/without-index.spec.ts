import { type AvailabilityService, parseWeeklyHours } from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { explain, nodesOf, statementsOf } from '../support/plan';

const RANGE = { organizationId: '1', start: new Date('2023-01-01T06:00Z'), end: new Date('2023-01-02T06:00Z') };
const NOW = new Date('2023-06-01');
const EDGES = { edges: 'count', asOf: NOW } as const;
const HOURS = { hours: { timeZone: 'UTC', versions: [{ hours: parseWeeklyHours('Mo-Fr 09:00-17:00') }] } };

/** Every question, and how often it may read a table that has no index. */
const QUESTIONS: [string, number, (service: AvailabilityService) => Promise<unknown>][] = [
  ['report', 1, (service) => service.report(RANGE)],
  ['report on a channel', 1, (service) => service.report({ ...RANGE, channel: '1' })],
  ['report with its edges', 3, (service) => service.report({ ...RANGE, ...EDGES })],
  ['report without messages', 3, (service) => service.report({ ...RANGE, ...EDGES, organizationId: '2' })],
  ['breakdown', 3, (service) => service.breakdown(RANGE)],
  ['breakdown with its edges', 5, (service) => service.breakdown({ ...RANGE, ...EDGES })],
  ['breakdown with hours', 3, (service) => service.breakdown({ ...RANGE, ...HOURS })],
  ['breakdown with hours and edges', 5, (service) => service.breakdown({ ...RANGE, ...HOURS, ...EDGES })],
  ['channels', 1, (service) => service.channels({ organizationId: '1' }, NOW)],
  ['current state', 1, (service) => service.current({ organizationId: '1' }, NOW)],
];

describe('on a table without an index, the', () => {
  let database: TestDatabase;
  let availability: OpenAvailability;
  let expected: unknown[];

  beforeAll(async () => {
    database = await TestDatabase.create();
    // A message every two minutes and a bit; right after the first one in the range, one of a channel that is silent
    // from then on.
    await database.dataSource.query(`
      insert into messages
      select '1', i % 3, 's' || i, timestamptz '2023-01-01' + i * interval '120.4 seconds', gen_random_uuid()
      from generate_series(1, 1000) i
      union all
      select '1', '0', 's', timestamptz '2023-01-01 06:00Z' + i * interval '1 second', gen_random_uuid()
      from generate_series(0, 1) i
      union all
      select '1', '3', 's', timestamptz '2022-12-31', gen_random_uuid()`);
    availability = await openAvailability(database.url);
    expected = await Promise.all(QUESTIONS.map(([, , ask]) => ask(availability.service)));
    await availability.close();
    await database.dropIndexes();
    availability = await openAvailability(database.url);
  });
  afterAll(async () => {
    await availability.close();
    await database.drop();
  });

  it.each(QUESTIONS)('%s reads it %d times, and answers the same', async (name, scans, ask) => {
    const { service, dataSource } = availability;
    expect(await ask(service)).toEqual(expected[QUESTIONS.findIndex(([other]) => other === name)]);
    const sent = await statementsOf(dataSource, () => ask(service));
    const nodes = nodesOf(await explain(dataSource, sent.at(-1)!));
    const reads = nodes.filter((node) => node['Relation Name'] === 'messages' && node['Actual Loops'] > 0);
    expect(reads.reduce((sum, read) => sum + read['Actual Loops'], 0)).toBeLessThanOrEqual(scans);
  });

  it('current report uses indexes that the table has got since, after a restart', async () => {
    await database.dataSource.query('create index on messages (organization_id, created_at)');
    const restarted = await openAvailability(database.url);
    const sent = await statementsOf(restarted.dataSource, () => restarted.service.report(RANGE));
    expect(nodesOf(await explain(restarted.dataSource, sent[0]!))).toContainEqual(
      expect.objectContaining({ 'Node Type': 'Recursive Union' }),
    );
    await restarted.close();
  });
});
