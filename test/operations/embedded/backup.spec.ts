import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandsOf } from '../../support/guide';
import { runCommand } from '../../support/run';

const MESSAGE = 'organization_id,channel,session_id,created_at\nacme,web,s1,2024-01-01T00:00:00Z\n';

describe('the backup of the embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-backup-'));
  const data = join(folder, 'data');

  beforeAll(() => {
    chmodSync(folder, 0o755);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is a copy of its files that a server takes for its own', async () => {
    const importMessage = async () => (await runCommand('import', ['-'], { DATA_DIR: data }, MESSAGE)).stdout;
    expect(await importMessage()).toContain('1 added');
    await promisify(execFile)('sh', ['-ec', commandsOf('Backup', 1)], { cwd: folder });
    rmSync(data, { recursive: true });
    renameSync(join(folder, 'data-backup'), data);
    expect(await importMessage()).toContain('0 added, 1 already there');
  });
});
