import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { askDuring, untilAnswered } from '../support/load';
import { NpmStart, runCommand } from '../support/run';

const CLIENTS = 8;
const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-15&endDate=2023-01-16';

interface Answer {
  status: number;
  retryAfter: string | null;
  text: string;
}

describe('PostgreSQL that is killed while many ask', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-crash-'));
  const data = join(folder, 'data');
  const env = { DATA_DIR: data, RATE_LIMIT_PER_ADDRESS: '0', RATE_LIMIT_PER_TOKEN: '0', LOG_LEVEL: 'silent' };
  let server: NpmStart;
  let authorization: string;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await NpmStart.ready(env);
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

  function postmaster(): number[] {
    return readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n').map(Number);
  }

  /** Connections of the server's pool, and those of them that work. */
  async function connections(): Promise<{ all: number; busy: number }> {
    const password = readFileSync(join(data, 'postgres-password'), 'utf8');
    const port = postmaster()[3];
    const client = new Client(`postgres://chat_reports:${password}@127.0.0.1:${port}/postgres`);
    await client.connect();
    const { rows } = await client.query<{ all: number; busy: number }>(`
      select count(*)::int as all, count(*) filter (where state <> 'idle')::int as busy
      from pg_stat_activity where application_name = 'chat-reports'`);
    await client.end();
    return rows[0]!;
  }

  it('is answered with 503 until it is back, then right without a restart, on no more connections', async () => {
    const right = await ask();
    const answers = await askDuring(CLIENTS, ask, async (soFar) => {
      await untilAnswered(soFar, 200, 100);
      process.kill(postmaster()[0]!, 'SIGKILL');
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
