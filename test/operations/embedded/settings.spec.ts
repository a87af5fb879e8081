import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, NODE, ServerProcess } from '../../support/run';

/** Runs a program under a user ID that no account has, as OpenShift runs containers. */
const WITHOUT_ACCOUNT: Command = ['unshare', '--user', '--map-user=54321', '--map-group=54321', ...NODE];

describe('a server that cannot use its settings', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-settings-'));
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'data'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const fail = async (env: Record<string, string>, command?: Command) => {
    const server = new ServerProcess(env, command);
    expect(await server.exit).toBe(1);
    return server.output.split('\n').filter((line) => line.startsWith('error:'));
  };

  it.each(['file', 'file/data'])('says that DATA_DIR is a file: %s', async (path) => {
    const [line] = await fail({ DATA_DIR: join(folder, path) });
    expect(line).toContain(`DATA_DIR must be a directory, or a path at which one can be created: ${folder}/file`);
  });

  it('says that the embedded database needs an account, where the user ID has none', async () => {
    const lines = await fail({ DATA_DIR: join(folder, 'data') }, WITHOUT_ACCOUNT);
    expect(lines).toEqual([
      'error: The embedded PostgreSQL does not start: no account has the user ID 54321, and initdb needs one: add it to /etc/passwd, run the server as another user, or set DATABASE_URL',
    ]);
  });

  it.each([
    ['postgres://user:hunter2@127.0.0.1:1/none', /^error: DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1$/],
    ['postgres://user:hunter2@[/none', /^error: DATABASE_URL: Invalid URL$/],
    ['postgres://user:hunter2@localhost/none?sslrootcert=/absent.pem', /^error: DATABASE_URL: ENOENT.*absent.pem/],
  ])('names DATABASE_URL and what is wrong with it: %s', async (url, message) => {
    const [line] = await fail({ DATABASE_URL: url, JWT_SECRET: 'x'.repeat(32) });
    expect(line).toMatch(message);
    expect(line).not.toContain('hunter2');
  });
});

it('a server with METRICS_PORT=0 says where it serves metrics', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-settings-'));
  const server = await ServerProcess.ready({ DATA_DIR: folder, METRICS_PORT: '0', STATEMENT_TIMEOUT_MS: '2147483647' });
  try {
    await server.untilSaid('/metrics\n');
    const metrics = await fetch(/Metrics are at (\S+)/.exec(server.output)![1]!);
    expect(await metrics.text()).toContain('http_requests_total');
    const { organization, token } = { organization: 'demo', token: /#token=(\S+)/.exec(server.output)![1]! };
    const path = `/backend/reports/${organization}/chats/availability?startDate=2023-01-01&endDate=2023-01-31`;
    const report = await fetch(server.address + path, { headers: { authorization: `Bearer ${token}` } });
    expect(report.status).toBe(200);
    expect(server.output).not.toContain('TimeoutOverflowWarning');
  } finally {
    server.kill('SIGTERM');
    await server.exit;
    rmSync(folder, { recursive: true });
  }
});
