import { execFileSync, spawnSync } from 'node:child_process';
import { SECRET } from '../../support/backend';
import { PROJECT } from '../../support/run';

const TAG = 'chat-reports-test';
const BUILD_TIMEOUT_MS = 900_000;

describe('the image', () => {
  beforeAll(() => {
    execFileSync('docker', ['build', '--quiet', '--tag', TAG, PROJECT], { stdio: 'inherit' });
  }, BUILD_TIMEOUT_MS);
  afterAll(() => execFileSync('docker', ['image', 'rm', '--force', TAG]));

  it('starts as a user without an account, and says that it needs DATABASE_URL', () => {
    const tokens = ['--env', `JWT_SECRET=${SECRET}`, '--env', 'JWT_ISSUER=login', '--env', 'JWT_AUDIENCE=reports'];
    const hardened = ['--user', '1000650000', '--read-only', '--cap-drop', 'ALL', '--network', 'none'];
    const { status, stderr } = spawnSync('docker', ['run', '--rm', ...hardened, ...tokens, TAG], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('DATABASE_URL')]);
  });
});
