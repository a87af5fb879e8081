import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { validate } from 'dockerfile-utils';
import { SECRET } from '../support/backend';
import { composeServices } from '../support/compose';
import { TestDatabase } from '../support/database';
import { DOCKERFILE, imageCommand, imageInstruction, imageSettings, readStages } from '../support/dockerfile';
import { freePort } from '../support/free-port';
import { commandsOf, readDocument } from '../support/guide';
import { contextFilter } from '../support/image-directory';
import { PROJECT, ServerProcess, settings } from '../support/run';

const VARIABLES = { DATABASE_PASSWORD: 'p@ss/w%rd', JWT_SECRET: SECRET, JWT_ISSUER: 'login', JWT_AUDIENCE: 'reports' };

describe('the Dockerfile', () => {
  it('is valid', () => {
    expect(validate(DOCKERFILE)).toEqual([]);
  });

  it('begins with Node.js 24 or an earlier stage', () => {
    const names = readStages().flatMap(({ name }) => name ?? []);
    for (const { base } of readStages()) {
      if (!names.includes(base)) expect(base).toMatch(/^node:24-\w+-slim$/);
    }
  });

  it('copies files that the project has and .dockerignore lets through', () => {
    const isSent = contextFilter();
    const copied = readStages()
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword, from }) => keyword === 'COPY' && from === undefined)
      .flatMap(({ words }) => words.slice(0, -1))
      .filter((source) => source !== '.');
    expect(copied).not.toEqual([]);
    expect(copied.filter((source) => !existsSync(join(PROJECT, source)) || !isSent(source))).toEqual([]);
  });

  it('copies manifests of all workspaces', () => {
    const manifests = ['apps', 'libs'].flatMap((folder) =>
      readdirSync(join(PROJECT, folder)).map((workspace) => `${folder}/${workspace}/package.json`),
    );
    for (const manifest of manifests) expect(DOCKERFILE).toContain(`COPY ${manifest} `);
  });

  it('keeps secrets, data and what is built elsewhere from the builder', () => {
    const kept = ['.env', '.git/config', 'data/jwt-secret', 'dist/main.js', 'node_modules/pg/package.json'];
    expect([...kept, 'apps/admin/dist/index.html', 'apps/admin/node_modules/a.js'].filter(contextFilter())).toEqual([]);
  });

  it('runs node itself, so that signals reach it, and not as root', () => {
    expect(imageCommand('CMD')).toEqual(['node', 'dist/main.js']);
    expect(
      readStages()
        .at(-1)!
        .instructions.map(({ keyword }) => keyword),
    ).not.toContain('ENTRYPOINT');
    expect(imageInstruction('USER').text).toMatch(/^[1-9]\d*$/);
  });

  it('checks the health of a server', async () => {
    const database = await TestDatabase.create();
    const port = String(await freePort());
    const checkHealth = async () => {
      const [program, ...parameters] = imageCommand('HEALTHCHECK');
      const check = execFile(program, parameters, { env: settings({ PORT: port }) });
      return (await once(check, 'close')) as [number];
    };
    try {
      expect(await checkHealth()).toEqual([1, null]);
      const tokens = { JWT_SECRET: SECRET, JWT_ISSUER: 'login', JWT_AUDIENCE: 'reports' };
      const server = await ServerProcess.ready(
        { ...imageSettings(), ...tokens, DATABASE_URL: database.url, PORT: port },
        imageCommand('CMD'),
      );
      expect(await checkHealth()).toEqual([0, null]);
      server.kill('SIGTERM');
      expect(await server.exit).toBe(0);
      expect(await checkHealth()).toEqual([1, null]);
    } finally {
      await database.drop();
    }
  });
});

describe('the Compose file', () => {
  it.each(['DATABASE_PASSWORD', 'JWT_ISSUER', 'JWT_AUDIENCE'])('has no default of %s', (name) => {
    expect(() => composeServices({ ...VARIABLES, [name]: '' })).toThrow(`${name} is not set`);
  });

  it('gives the server the password of the database, however it is spelled', () => {
    const { database, reports } = composeServices(VARIABLES);
    const url = new URL(reports.environment.DATABASE_URL!);
    expect(database.environment.POSTGRES_PASSWORD).toBe(VARIABLES.DATABASE_PASSWORD);
    expect(reports.environment.PGPASSWORD).toBe(VARIABLES.DATABASE_PASSWORD);
    expect([url.hostname, url.username]).toEqual(['database', database.environment.POSTGRES_USER]);
    // Without POSTGRES_DB, the database is named like its user.
    expect(url.pathname).toBe(`/${database.environment.POSTGRES_USER}`);
  });

  it('starts the server once the database accepts connections, and gives it time to stop', () => {
    const { database, reports } = composeServices(VARIABLES);
    expect(reports.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database.healthcheck?.test).toEqual(expect.arrayContaining(['CMD', 'pg_isready', '--host=127.0.0.1']));
    expect(reports.stop_grace_period).toBe('20s');
  });

  it('publishes the port of the image on this machine only', () => {
    const { database, reports } = composeServices(VARIABLES);
    const port = imageInstruction('EXPOSE').text;
    expect(reports.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(database.ports).toBeUndefined();
  });

  it('names settings that exist', () => {
    const documented = readDocument('docs/settings.md');
    const names = Object.keys(composeServices(VARIABLES).reports.environment).filter((name) => name !== 'PGPASSWORD');
    expect(names.filter((name) => !documented.includes(`| \`${name}\` `))).toEqual([]);
  });

  it('has all that it needs in the .env of the guide', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chat-reports-env-'));
    const [writeFile] = commandsOf('In a container').split('docker compose');
    execFileSync('sh', ['-ec', writeFile!], { cwd: folder });
    const variables = parseEnv(readFileSync(join(folder, '.env'), 'utf8')) as Record<string, string>;
    rmSync(folder, { recursive: true });
    expect(variables.DATABASE_PASSWORD).toMatch(/^[0-9a-f]{48}$/);
    expect(composeServices(variables).reports.environment).toMatchObject({
      JWT_JWKS_URL: 'https://login.example/keys',
      JWT_ISSUER: 'https://login.example',
      JWT_AUDIENCE: 'reports',
    });
  });

  it('has the services and commands of the guide', () => {
    const executed = [...commandsOf('In a container', 1).matchAll(/exec (?:--no-TTY )?(\w+) (?:node (\S+))?/g)];
    const services = Object.keys(composeServices(VARIABLES));
    expect(executed.map(([, service]) => service).filter((service) => !services.includes(service!))).toEqual([]);
    const commands = executed.flatMap(([, , command]) => command ?? []);
    expect(commands).toHaveLength(2);
    expect(commands.filter((command) => !existsSync(join(PROJECT, command)))).toEqual([]);
  });
});
