import { SECRET } from '../../support/backend';
import { commandsOf } from '../../support/guide';
import { runCommand, ServerProcess } from '../../support/run';
import { TlsPostgres } from '../../support/tls-postgres';

/** The parameters of the URL in the guide. */
const [, PARAMETERS] = /db\.example\/chat\?([^']+)'/.exec(commandsOf('A server for production'))!;

describe('a database that is reached with TLS, as the guide to operations says', () => {
  let postgres: TlsPostgres;

  beforeAll(async () => {
    postgres = await TlsPostgres.start();
  });
  afterAll(() => postgres.stop());

  const urlOf = (host: string, parameters: string) =>
    `postgres://postgres@${host}:${postgres.port}/postgres?${parameters}`;
  const parameters = () => PARAMETERS!.replace('/etc/ssl/db-ca.pem', postgres.certificate);

  it('serves a server and its commands', async () => {
    const env = { DATABASE_URL: urlOf('localhost', parameters()), JWT_SECRET: SECRET };
    const server = await ServerProcess.ready(env);
    try {
      expect((await fetch(`${server.address}/health/ready`)).status).toBe(200);
    } finally {
      server.kill('SIGTERM');
      await server.exit;
    }
    expect(await runCommand('migrate', [], env)).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
  });

  it.each([
    ['whose certificate is for another host', () => urlOf('127.0.0.1', parameters()), /does not match certificate/],
    [
      'whose certificate nobody vouches for',
      () => urlOf('localhost', 'sslmode=verify-full'),
      /self-signed certificate/,
    ],
    ['that refuses connections without TLS', () => urlOf('localhost', 'sslmode=disable'), /no encryption/],
  ])('is not used %s', async (_name, url, reason) => {
    const { code, stdout, stderr } = await runCommand('migrate', [], { DATABASE_URL: url() });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});
