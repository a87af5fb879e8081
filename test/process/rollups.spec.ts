import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { runCommand } from '../support/run';

describe('the command rollups', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-01T10:00:00Z' }, { at: '2023-01-31T10:00:00Z' }]);
  });
  afterAll(() => database.drop());

  const run = (...parameters: string[]) => runCommand('rollups', parameters, { DATABASE_URL: database.url });

  /** Transactions of other tests may hold days up. */
  const fill = () =>
    eventually(async () => expect(await run()).toMatchObject({ code: 0, stdout: 'Days stored: 31\n' }));

  it('stores days, forgets some, and stores them again', async () => {
    await fill();
    const range = ['--from', '2023-01-02', '--to', '2023-01-05'];
    expect(await run('forget', '--org', 'other', ...range)).toMatchObject({ stdout: 'Days forgotten: 0\n' });
    expect(await run('forget', '--org', '123456', ...range)).toMatchObject({ stdout: 'Days forgotten: 4\n' });
    const { stderr } = await run();
    expect(stderr).toContain('4 of 4 days');
    expect(await run('forget')).toMatchObject({ stdout: 'Days forgotten: 31\n' });
    expect(await run('forget', '--from', '2023-01-02', '--to', '2023-01-01')).toMatchObject({
      code: 1,
      stderr: 'error: --to must be later than --from\n',
    });
  });

  it('drops the rollups, and creates them again', async () => {
    expect(await run('drop')).toMatchObject({ code: 0, stdout: 'The rollups are dropped.\n' });
    expect(await run('forget')).toMatchObject({ code: 1, stderr: expect.stringContaining('no rollups') as string });
    await fill();
  });

  it('says why a table cannot have them', async () => {
    await run('drop');
    await database.dataSource.query('alter table messages enable row level security');
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('row-level security') as string });
  });
});
