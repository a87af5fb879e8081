import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askDuring, untilAnswered } from '../../support/load';
import { runCommand, ServerProcess } from '../../support/run';
import { executeOn, urlOfEmbedded } from '../../support/server';

const CLIENTS = 8;
const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-15&endDate=2023-01-16';

interface Answer {
  status: number;
  retryAfter: string | null;
  text: string;
}

describe('PostgreSQL that is killed during many requests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-crash-'));
  const data = join(folder, 'data');
  const env = {
    DATA_DIR: data,
    RATE_LIMIT_PER_ADDRESS: '0',
    RATE_LIMIT_PER_TOKEN: '0',
    LOG_LEVEL: 'silent',
    MAX_CONCURRENT_REPORTS: '100',
  };
  let server: ServerProcess;
  let authorization: string;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await ServerProcess.ready(env);
    authorization = `Bearer ${(await runCommand('token', ['--org', '123456'], env)).stdout.trim()}`;
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    await server.exit;
    rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  });

  async function ask(): Promise<Answer> {
    const response = await fetch(server.address + REPORT, { headers: { authorization } });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
  }

  function postmaster(): number {
    return Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** The number of connections of the server's pool, and how many of them are busy. */
  async function connections(): Promise<{ all: number; busy: number }> {
    const statement = `
      select count(*)::int as all, count(*) filter (where state <> 'idle')::int as busy
      from pg_stat_activity where application_name = 'chat-reports'`;
    return (await executeOn<{ all: number; busy: number }>(urlOfEmbedded(data), statement))[0]!;
  }

  it('leads to 503 until it is back, then to correct answers without a restart, on no more connections', async () => {
    const right = await ask();
    const answers = await askDuring(CLIENTS, ask, async (soFar) => {
      await untilAnswered(soFar, 200, 100);
      process.kill(postmaster(), 'SIGKILL');
      await untilAnswered(soFar, 503, 1);
      await untilAnswered(soFar, 200, 200);
    });
    for (const { status, retryAfter, text } of answers) {
      if (status === 200) expect(text).toBe(right.text);
      else expect([status, retryAfter]).toEqual([503, '5']);
    }
    const { all, busy } = await connections();
    expect(busy).toBe(0);
    expect(all).toBeLessThanOrEqual(10);
  });
});
