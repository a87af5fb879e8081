import { TestDatabase } from '../support/database';
import { freePort } from '../support/free-port';
import { commandsOf } from '../support/guide';
import { TokenIssuer } from '../support/issuer';
import { ServerProcess } from '../support/run';

const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';

describe('the guide to operations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-15T10:28:00Z' }, { at: '2023-01-15T11:00:00Z' }]);
  });
  afterAll(() => database.drop());

  it('starts a server for production that takes the tokens of the login, and serves metrics', async () => {
    const issuer = new TokenIssuer();
    await issuer.start();
    const metricsPort = await freePort();
    const command = commandsOf('A server for production')
      .replace('npm ci\n', '')
      .replace('METRICS_PORT=9090', `METRICS_PORT=${metricsPort}`)
      // The test in tls uses its parameters.
      .replace(/'postgres:\/\/reports:secret@db\.example[^']+'/, `'${database.url}'`)
      .replace('https://login.example/keys', issuer.url);
    const server = await ServerProcess.ready({}, ['sh', '-c', command]);
    try {
      const port = new URL(server.address).port;
      const token = issuer.sign({ iss: 'https://login.example' });
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://127.0.0.1:${port}${REPORT}`, { headers });
      expect(await answer.json()).toMatchObject({ total_down_time: 30 * 60_000 });
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain('http_requests_total');
    } finally {
      server.killGroup('SIGTERM');
      await server.exit;
      await issuer.stop();
    }
  });
});
