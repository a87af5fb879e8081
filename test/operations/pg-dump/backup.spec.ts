import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rollupSealer } from '@chat-reports/nestjs';
import { openAvailability } from '../../support/availability';
import { TestDatabase } from '../../support/database';
import { commandsOf } from '../../support/guide';
import { sealAll, usageOf } from '../../support/rollups';
import { settings } from '../../support/run';

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
    const sealer = rollupSealer(database.dataSource);
    await sealAll(sealer);
    await run(dump!);
    await database.insert([{ at: '2023-01-15T10:40:00Z' }, { at: '2023-01-20T00:00:00Z' }]);
    await sealAll(sealer);
    await database.dataSource.query('drop table migrations');
    await run(restore!);
    expect(await contents()).toEqual(before);
    expect(await database.dataSource.query('select name from migrations')).not.toHaveLength(0);

    // Days are stored as they were, and writes to them are still seen.
    const reports = await openAvailability(database.url, { rollups: true });
    const day = { organizationId: '123456', start: new Date('2023-01-15Z'), end: new Date('2023-01-16Z') };
    expect((await reports.service.report(day)).downtimes).toHaveLength(1);
    expect(usageOf(reports)).toEqual({ days: 1, storedDays: 1 });
    await database.insert([{ at: '2023-01-15T10:45:00Z' }]);
    expect((await reports.service.report(day)).downtimes).toHaveLength(2);
    expect(usageOf(reports)).toEqual({ days: 2, storedDays: 1 });
    await reports.close();
  });
});
