import { type AvailabilityReport, type RollupSealer, rollupSealer } from '@chat-reports/nestjs';
import { Client } from 'pg';
import { partitionByMonth } from '../../src/database/partition';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { sealAll, usageOf } from '../support/rollups';

const NOW = new Date('2023-02-15T12:00:00Z');
const DAYS = 46;
const ALL = { organizationId: '123456', start: new Date('2023-01-01Z'), end: new Date('2023-02-16Z') };

describe('days that are stored', () => {
  let database: TestDatabase;
  let plain: OpenAvailability;
  let rolledUp: OpenAvailability;
  let sealer: RollupSealer;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await run(`
      insert into messages select '123456', 'web', 's' || i, timestamptz '2023-01-01Z' + i * interval '7 hours', gen_random_uuid()
      from generate_series(0, 155) i`);
    plain = await openAvailability(database.url);
    rolledUp = await openAvailability(database.url, { rollups: 'where-possible' });
    sealer = rollupSealer(database.dataSource);
    await sealAll(sealer);
  });
  afterAll(async () => {
    await plain.close();
    await rolledUp.close();
    await database.drop();
  });

  const run = <Row>(statement: string) => database.dataSource.query<Row[]>(statement);

  /**
   * Reports on all messages, checks that the report is the same as without stored days, and returns how many days were
   * stored.
   */
  async function expectSame(): Promise<{ report: AvailabilityReport; stored: number }> {
    const before = usageOf(rolledUp).storedDays;
    const report = await rolledUp.service.report(ALL);
    expect(report).toEqual(await plain.service.report(ALL));
    return { report, stored: usageOf(rolledUp).storedDays - before };
  }

  it('stay in use when the table is partitioned, and when a partition is added', async () => {
    expect((await expectSame()).stored).toBe(DAYS);
    expect(await partitionByMonth(database.url, 0, NOW)).toMatchObject({ isConverted: true });
    expect((await expectSame()).stored).toBe(DAYS);
    await partitionByMonth(database.url, 2, NOW);
    expect((await expectSame()).stored).toBe(DAYS);
    expect((await sealer.status()).marks).toBe(0);
  });

  it('are read from the messages after a write to a partition, even under its own name', async () => {
    await run(`delete from messages where created_at = '2023-01-15T07:00Z'`);
    await run(`insert into messages_2023_02 values ('123456', 'web', 'late', '2023-02-03T12:00Z', gen_random_uuid())`);
    expect((await expectSame()).stored).toBe(DAYS - 2);
    await sealAll(sealer);
    expect((await expectSame()).stored).toBe(DAYS);
  });

  it('are not used after a partition with messages was attached by hand, until they are stored again', async () => {
    await run(`
      create table moved (like messages including all);
      insert into moved values ('123456', 'web', 'moved', '2022-12-31T12:00Z', gen_random_uuid());
      alter table messages attach partition moved for values from ('2022-12-01Z') to ('2023-01-01Z')`);
    expect((await expectSame()).stored).toBe(0);
    await sealAll(sealer);
    expect((await expectSame()).stored).toBe(DAYS);
  });

  it('are not moved while a report is being assembled', async () => {
    await run(`insert into messages values ('123456', 'web', 's', '2021-05-05T12:00Z', gen_random_uuid())`);
    const reader = new Client(database.url);
    await reader.connect();
    await reader.query('begin isolation level repeatable read; lock table only messages in access share mode');
    const count = async () => (await reader.query(`select from messages where created_at < '2022-01-01'`)).rowCount;
    expect(await count()).toBe(1);
    const partitioning = partitionByMonth(database.url, 0, NOW);
    await eventually(async () =>
      expect(await run(`select from pg_locks where not granted and relation = 'messages'::regclass`)).toHaveLength(1),
    );
    expect(await count()).toBe(1);
    await reader.query('commit');
    await reader.end();
    expect((await partitioning).created).toEqual(['messages_2021_05']);
  });

  it('stay when a month is dropped, and disappear when they are forgotten', async () => {
    const { report } = await expectSame();
    await run('drop table messages_2023_01');
    await sealer.sealPending();
    expect(await rolledUp.service.report(ALL)).toEqual(report);
    const january = { from: new Date('2023-01-01Z'), to: new Date('2023-02-01Z') };
    expect(await sealer.forget({ organizationIds: ['other'], ...january })).toBe(0);
    expect(await sealer.forget({ organizationIds: ['123456'], ...january })).toBe(31);
    expect((await expectSame()).stored).toBe(DAYS - 31);
    await sealAll(sealer);
    expect((await expectSame()).stored).toBe(DAYS);
    expect(await sealer.forget()).toBeGreaterThan(DAYS);
    expect((await expectSame()).stored).toBe(0);
  });
});
