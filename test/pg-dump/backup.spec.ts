import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestDatabase } from '../support/database';
import { commandsOf } from '../support/guide';
import { settings } from '../support/run';

describe('the backup of the guide to operations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-backup-'));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('brings back what was there, over what is', async () => {
    const [dump, restore] = commandsOf('Backup').trim().split('\n');
    const run = (command: string) =>
      promisify(execFile)('sh', ['-ec', command], { cwd: folder, env: settings({ DATABASE_URL: database.url }) });
    const contents = () => database.dataSource.query<unknown[]>('select * from messages order by created_at');
    await database.insert([{ at: '2023-01-15T10:28:00Z' }, { at: '2023-01-15T11:00:00Z' }]);
    const before = await contents();
    await run(dump!);
    await database.insert([{ at: '2023-01-20T00:00:00Z' }]);
    await database.dataSource.query('drop table migrations');
    await run(restore!);
    expect(await contents()).toEqual(before);
    expect(await database.dataSource.query('select name from migrations')).not.toHaveLength(0);
  });
});
