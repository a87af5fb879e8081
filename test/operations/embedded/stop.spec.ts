import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { ENDLESS_WAITS, runCommand, ServerProcess } from '../../support/run';

/** Fewer than the connections to the database, so that none has to wait. */
const CLIENTS = 8;
const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';

/** What a client got: `answered` whole, `refused` a connection, or what else happened. */
type Outcome = string;

describe('a server that is told to stop while it is asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-stop-'));
  const env = { DATA_DIR: join(folder, 'data'), RATE_LIMIT_PER_ADDRESS: '0', RATE_LIMIT_PER_TOKEN: '0' };
  let server: ServerProcess;
  let authorization: string;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await ServerProcess.ready(env, ENDLESS_WAITS);
    const { stdout } = await runCommand('token', ['--org', '123456'], env);
    authorization = `Bearer ${stdout.trim()}`;
  });
  afterAll(() => {
    try {
      server.killGroup('SIGKILL');
    } catch {
      // It has ended, as it should.
    }
    rmSync(folder, { recursive: true });
  });

  function ask(agent: Agent): Promise<Outcome> {
    return new Promise((resolve) => {
      const request = get(server.address + REPORT, { agent, headers: { authorization } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (data: string) => (text += data));
        response.on('error', (error) => resolve(`broken: ${error.message}`));
        response.on('end', () => {
          const isWhole = response.complete && response.statusCode === 200 && text.endsWith('}');
          resolve(isWhole ? 'answered' : `${response.statusCode}: ${text}`);
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code === 'ECONNREFUSED' ? 'refused' : `broken: ${error.message}, reused ${request.reusedSocket}`);
      });
    });
  }

  it('takes no new connection, breaks no answer, and ends with code 0 as soon as it has answered', async () => {
    const outcomes: Outcome[] = [];
    const askUntilRefused = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (;;) {
        const outcome = await ask(agent);
        outcomes.push(outcome);
        if (outcome !== 'answered') break;
      }
      agent.destroy();
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, askUntilRefused));
    await eventually(() => {
      const others = outcomes.filter((outcome) => outcome !== 'answered');
      expect(outcomes.length >= 200 || others.length > 0).toBe(true);
    });

    server.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    await clients;
    expect(outcomes.filter((outcome) => outcome !== 'answered' && outcome !== 'refused')).toEqual([]);
    // Each client ended because there was nobody to connect to any more, and not for another reason.
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(CLIENTS);
  });
});
