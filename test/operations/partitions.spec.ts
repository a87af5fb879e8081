import { inspectMessages } from '@chat-reports/nestjs';
import { partitionByMonth } from '../../src/database/partition';
import { MessageImporter } from '../../src/import/message-importer';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { explain, nodesOf, statementsOf } from '../support/plan';

const NOW = new Date('2023-06-15T12:00:00Z');
const YEAR = { start: new Date('2023-01-01'), end: new Date('2024-01-01') };
const MARCH = { start: new Date('2023-03-02'), end: new Date('2023-03-30') };
const organizationId = 'o1';

describe('the table of messages, partitioned by month,', () => {
  let database: TestDatabase;
  let availability: OpenAvailability;

  beforeEach(async () => {
    database = await TestDatabase.create();
    availability = await openAvailability(database.url);
    // Two organizations, each with a message every twenty minutes from January to the end of June.
    await database.dataSource.query(`
      insert into messages
      select 'o' || i % 2, 'c' || i % 3, 's' || i / 100,
        timestamptz '2023-01-01T00:00:00Z' + i * interval '10 minutes', gen_random_uuid()
      from generate_series(0, 181 * 144 - 1) i`);
  });
  afterEach(async () => {
    await availability.close();
    await database.drop();
  });

  async function partitions(): Promise<Record<string, number>> {
    const rows = await database.dataSource.query<{ name: string; count: string }[]>(
      `select tableoid::regclass::text as name, count(*) from messages group by 1 order by 1`,
    );
    return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
  }

  it('has every message in the partition of its month', async () => {
    const before = await partitions();
    const result = await partitionByMonth(database.url, 2, NOW);
    expect(result.isConverted).toBe(true);
    expect(result.created).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((month) => `messages_2023_0${month}`));
    const after = await partitions();
    expect(Object.keys(after)).toEqual([1, 2, 3, 4, 5, 6].map((month) => `messages_2023_0${month}`));
    expect(Object.values(after).reduce((sum, count) => sum + count)).toBe(before.messages);
  });

  it('leaves messages without a month, or of a month without a name, in the default partition', async () => {
    const times = [
      '-infinity',
      '0044-03-15 12:00:00+00 BC',
      '9999-12-31 23:59:59+00',
      '10000-01-01 00:00:00+00',
      'infinity',
    ];
    for (const at of times) await database.insertAt(at);
    const { created } = await partitionByMonth(database.url, 0, NOW);
    expect(created).toEqual([...[1, 2, 3, 4, 5, 6].map((month) => `messages_2023_0${month}`), 'messages_9999_12']);
    expect(await partitions()).toMatchObject({ messages_9999_12: 1, messages_default: 4 });
    expect((await partitionByMonth(database.url, 0, NOW)).created).toEqual([]);
  });

  it('gives the same reports as before', async () => {
    const { service } = availability;
    const ask = async () => [
      await service.report({ organizationId, ...YEAR }),
      await service.report({ organizationId, ...YEAR, channel: 'c1', edges: 'count', asOf: NOW }),
      await service.breakdown({ organizationId, ...MARCH }),
      await service.current({ organizationId }, NOW),
    ];
    const before = await ask();
    await partitionByMonth(database.url, 2, NOW);
    expect(before[0]).toHaveProperty('downtimes.length', (181 * 144) / 2 - 1);
    expect(await ask()).toEqual(before);
  });

  it('takes imports: existing messages stay, new ones go to their month, or else to the default partition', async () => {
    await partitionByMonth(database.url, 2, NOW);
    const importer = new MessageImporter(database.dataSource);
    const message = { organizationId, channel: 'c1', sessionId: 's1' };
    const rows = ['2023-02-10T10:00:01Z', '2023-08-10T10:00:00Z', '2023-12-10T10:00:00Z'].map((at) => ({
      ...message,
      createdAtMs: Date.parse(at),
    }));
    expect(await importer.import(rows)).toMatchObject({ read: 3, added: 3 });
    expect(await importer.import(rows)).toMatchObject({ read: 3, added: 0 });
    expect(await partitions()).toMatchObject({ messages_2023_08: 1, messages_default: 1 });
  });

  it('gets its missing months in the next run, with the messages that came before them', async () => {
    await partitionByMonth(database.url, 0, NOW);
    await database.insert([{ at: '2023-07-31T23:59:59.999Z' }, { at: '2023-09-01T00:00:00Z' }]);
    const again = await partitionByMonth(database.url, 1, new Date('2023-07-01T00:00:00Z'));
    expect(again).toEqual({
      isConverted: false,
      created: ['messages_2023_07', 'messages_2023_08', 'messages_2023_09'],
    });
    expect(await partitions()).toMatchObject({ messages_2023_07: 1, messages_2023_09: 1 });
    expect(await partitions()).not.toHaveProperty('messages_default');
  });

  it('has warnings of a missing index with a statement that PostgreSQL accepts', async () => {
    await partitionByMonth(database.url, 0, NOW);
    await database.dataSource.query('drop index messages_by_channel');
    const missing = async () =>
      (await inspectMessages(database.dataSource)).indexes.flatMap(({ statement }) => statement ?? []);
    const [statement] = await missing();
    await database.dataSource.query(statement!);
    expect(await missing()).toEqual([]);
  });

  it('is read only in the months of the report, according to the plan', async () => {
    await partitionByMonth(database.url, 2, NOW);
    const { service, dataSource } = availability;
    const sent = await statementsOf(dataSource, () => service.report({ organizationId, ...MARCH }));
    expect(sent).toHaveLength(1);
    const relations = nodesOf(await explain(dataSource, sent[0]!)).flatMap((node) => node['Relation Name'] ?? []);
    expect(new Set(relations)).toEqual(new Set(['messages_2023_03']));
  });
});
