import { type MessagesOptions, ReportsModule, RollupError, rollupMigration, rollupSealer } from '@chat-reports/nestjs';
import { Test } from '@nestjs/testing';
import { openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { createRollups, dropRollups } from '../support/rollups';

describe('rollups', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  const refusals: [name: string, statement: string, options: MessagesOptions, reason: RegExp][] = [
    ['a view', 'create view seen as select * from messages', { table: 'seen' }, /is a view/],
    ['an unlogged table', 'create unlogged table fast (like messages)', { table: 'fast' }, /is not logged/],
    [
      'row-level security',
      'create table secret (like messages); alter table secret enable row level security',
      { table: 'secret' },
      /row-level security/,
    ],
    [
      'heirs',
      'create table parent (like messages); create table child () inherits (parent)',
      { table: 'parent' },
      /inherit/,
    ],
    ['a column in SQL', 'select', { columns: { channel: { sql: 'lower(channel)' } } }, /columns.channel is SQL/],
  ];

  it.each(refusals)('are refused for %s', async (_, statement, options, reason) => {
    await database.dataSource.query(statement);
    const refused = rollupMigration(database.dataSource, options);
    await expect(refused).rejects.toThrow(RollupError);
    await expect(refused).rejects.toThrow(reason);
  });

  it('are refused for a filter that depends on more than the row', async () => {
    await createRollups(database.dataSource);
    for (const where of ['created_at < now()', 'session_id in (select session_id from messages)']) {
      const sealer = rollupSealer(database.dataSource, { filter: { where } });
      await expect(sealer.sealPending()).rejects.toThrow(RollupError);
    }
    const where = 'channel <> :channel';
    await rollupSealer(database.dataSource, { filter: { where, parameters: { channel: `it's` } } }).sealPending();
    await dropRollups(database.dataSource);
  });

  it('must exist when an application starts', async () => {
    await expect(openAvailability(database.url, { rollups: true })).rejects.toThrow('there are no rollups of');
  });

  it('need transactions, which a database that is a function does not have', async () => {
    const run = (text: string, values: unknown[]) => database.dataSource.query<unknown[]>(text, values);
    const module = ReportsModule.forRoot({ controller: false, database: run, rollups: true });
    const compiled = await Test.createTestingModule({ imports: [module] }).compile();
    await expect(compiled.init()).rejects.toThrow('a function has no transactions');
  });

  it('are created and dropped again without a trace', async () => {
    await createRollups(database.dataSource);
    await dropRollups(database.dataSource);
    const left = await database.dataSource.query<unknown[]>(
      `select relname from pg_class where relname like '%rollup%' union all select tgname from pg_trigger where tgname like '%rollup%'
       union all select proname from pg_proc where proname like '%rollup%'`,
    );
    expect(left).toEqual([]);
  });
});
