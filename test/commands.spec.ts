import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'jsonwebtoken';
import { Backend, SECRET } from './support/backend';
import { TestDatabase } from './support/database';
import { runCommand } from './support/run';

const MESSAGES = [
  'organization_id,channel,session_id,created_at',
  'acme,web,=1+1,2023-01-15T10:28:00Z',
  'acme,web,s2,2023-01-15T11:00:00Z',
  'acme,mail,s3,2023-01-16T00:00:00Z',
].join('\n');

describe('the command', () => {
  let database: TestDatabase;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await TestDatabase.create();
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-commands-'));
    env = { DATABASE_URL: database.url, JWT_SECRET: SECRET };
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it.each(['token', 'api-key', 'import', 'report', 'migrate', 'doctor', 'partition'])(
    '%s explains itself with --help, without a database',
    async (name) => {
      const { code, stdout } = await runCommand(name, ['--help'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Usage: npm run -s ${name} --`) as string,
      });
    },
  );

  describe('token', () => {
    it('prints a token alone, that the backend accepts', async () => {
      const { code, stdout } = await runCommand('token', ['--org', '123456'], env);
      expect(code).toBe(0);
      const jwt = stdout.trim();
      expect(jwt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      const backend = await Backend.start({ databaseUrl: database.url });
      const range = { startDate: '2023-01-01', endDate: '2023-01-31' };
      expect((await backend.report(range, { authorization: `Bearer ${jwt}` })).status).toBe(200);
      await backend.close();
    });

    it('prints one for several organizations', async () => {
      const { stdout } = await runCommand('token', ['--org', 'a', 'b', '--org', 'c'], env);
      expect(decode(stdout.trim())).toMatchObject({ org_id: ['a', 'b', 'c'] });
    });

    it('puts in the scope and the duration that it is told', async () => {
      const { stdout } = await runCommand('token', ['--org', 'a', '--scope', 'x y', '--expires', '30m'], env);
      const { iat, exp, ...claims } = decode(stdout.trim()) as { iat: number; exp: number };
      expect({ ...claims, seconds: exp - iat }).toEqual({
        org_id: 'a',
        scope: 'x y',
        sub: 'chat-reports-cli',
        seconds: 1800,
      });
    });
  });

  describe('api-key', () => {
    const run = (...parameters: string[]) => runCommand('api-key', parameters, env);

    it('makes a key that the backend accepts, lists it, and revokes it', async () => {
      const made = await run('create', '--org', '123456', '--name', 'Grafana', '--expires', '30d');
      const key = made.stdout.trim();
      expect(key).toMatch(/^cr_[\w-]{43}$/);
      const id = /[0-9a-f-]{36}/.exec(made.stderr)![0];
      const other = await run('create', '--org', 'other', '--name', 'none');
      const backend = await Backend.start({ databaseUrl: database.url });
      const range = { startDate: '2023-01-01', endDate: '2023-01-31' };
      const statusOf = async () => (await backend.report(range, { authorization: `Bearer ${key}` })).status;
      expect(await statusOf()).toBe(200);

      const { stdout } = await run('list', '--org', '123456');
      expect(stdout).toMatch(new RegExp(`${id} .* 123456 .* Grafana .* valid .* 20`));
      expect(stdout).not.toContain('other');
      expect(stdout + (await run('list')).stdout).not.toContain(key);
      expect(other.code).toBe(0);

      expect((await run('revoke', id)).code).toBe(0);
      expect(await statusOf()).toBe(401);
      await backend.close();
      expect((await run('list')).stdout).toMatch(new RegExp(`${id} .* revoked`));
      expect(await run('revoke', id)).toMatchObject({ code: 1, stderr: expect.stringContaining(id) as string });
    });

    it.each([
      [['create', '--org', 'a'], '--name'],
      [['create', '--name', 'a'], '--org'],
      [['create', '--org', '', '--name', 'a'], 'must not be empty'],
      [['create', '--org', 'a', '--name', ' '], 'must not be empty'],
      [['create', '--org', 'a', '--name', 'a', '--expires', '5'], '30m, 1h, 7d'],
      [['revoke', 'x'], 'must be the id of a key'],
    ])('refuses %j', async (parameters, message) => {
      const { code, stderr, stdout } = await run(...parameters);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(message);
    });
  });

  describe('import', () => {
    it('reads a file and standard input, and says what it did', async () => {
      const file = join(folder, 'messages.csv');
      writeFileSync(file, MESSAGES);
      const first = await runCommand('import', [file], env);
      expect(first).toMatchObject({ code: 0, stdout: `${file}: 3 messages, 3 added, 0 already there\n` });
      const second = await runCommand('import', [file, '-'], env, MESSAGES);
      expect(second.stdout).toBe(
        `${file}: 3 messages, 0 added, 3 already there\n-: 3 messages, 0 added, 3 already there\n`,
      );
    });

    it('shows a line of progress a second where there is no terminal', async () => {
      const { stderr } = await runCommand('import', ['-'], env, MESSAGES);
      expect(stderr).toMatch(/^- \| .* messages \| (reading|storing) \| \d+s/m);
    });
  });

  describe('report', () => {
    const RANGE = ['--org', 'acme', '--from', '2023-01-15', '--to', '2023-01-16'];
    beforeAll(() => runCommand('import', ['-'], env, MESSAGES));

    it('prints a table for a person', async () => {
      const { stdout } = await runCommand('report', RANGE, env);
      expect(stdout).toContain('│ 2023-01-15T10:30:00Z │ 2023-01-15T11:00:00Z │ 30m      │ =1+1    │');
      expect(stdout).toContain('71.944 % available: silent for 13h 28m of 2d, in 2 downtimes (UTC)');
    });

    it('prints what the backend answers as JSON, of one channel where it is told', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--channel', 'web', '--format', 'json'], env);
      const backend = await Backend.start({ databaseUrl: database.url });
      const query = { startDate: '2023-01-15', endDate: '2023-01-16', channel: 'web' };
      const { body } = await backend.report(query, { organizationId: 'acme' });
      await backend.close();
      expect(JSON.parse(stdout)).toEqual(body);
    });

    it('prints CSV in which no session becomes a formula', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--channel', 'web', '--format', 'csv'], env);
      expect(stdout).toBe(
        "start_time,end_time,duration,session_id\n2023-01-15T10:30:00Z,2023-01-15T11:00:00Z,1800000,'=1+1\n",
      );
    });
  });

  describe('report --by', () => {
    const RANGE = ['--org', 'acme', '--from', '2023-01-15', '--to', '2023-01-17'];
    beforeAll(() => runCommand('import', ['-'], env, MESSAGES));

    it('day draws a bar for each day, and tells one without data', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--by', 'day', '--edges', 'ignore'], env);
      expect(stdout).toContain('│ 2023-01-15 │ 43.888 %  │ █████████████░░░░░░░░░░░░░░░░░ │ 13h 28m    │ 2         │');
      expect(stdout).toContain('│ 2023-01-17 │ no data   │ ······························ │ 0ms        │ 0         │');
    });

    it('channel prints what the breakdown answers', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--by', 'channel', '--format', 'json'], env);
      const backend = await Backend.start({ databaseUrl: database.url });
      const query = { startDate: '2023-01-15', endDate: '2023-01-17' };
      const { body } = await backend.report(query, { organizationId: 'acme', below: '/breakdown' });
      await backend.close();
      expect(JSON.parse(stdout)).toEqual(body);
    });

    it('has a header in CSV where there are no rows, and says so in a table', async () => {
      const none = ['--org', 'nobody', '--from', '2023-01-15', '--to', '2023-01-17'];
      const csv = await runCommand('report', [...none, '--edges', 'count', '--format', 'csv'], env);
      expect(csv.stdout).toBe('start_time,end_time,duration,session_id,ongoing\n');
      expect((await runCommand('report', none, env)).stdout).toBe('No messages in this period.\n');
    });
  });

  it('migrate says what it has done', async () => {
    expect(await runCommand('migrate', [], env)).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
  });

  it('partition says which months it has given a partition, and is done the second time', async () => {
    const own = await TestDatabase.create();
    await own.insert([{ at: '2023-01-15T10:00:00Z' }, { at: '2023-03-15T10:00:00Z' }]);
    const run = () => runCommand('partition', ['--ahead', '0'], { DATABASE_URL: own.url });
    expect(await run()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^The table of messages is partitioned by month now\.\nCreated: messages_2023_01, messages_2023_03, messages_\d{4}_\d\d\n$/,
      ) as string,
    });
    expect(await run()).toMatchObject({ code: 0, stdout: 'Every month has its partition.\n' });
    await own.drop();
  });

  it.each([
    ['token', [], "error: required option '--org <id...>' not specified"],
    ['token', ['--org', 'a', '--expires', '60'], "error: option '--expires <duration>' argument '60' is invalid."],
    ['import', [], "error: missing required argument 'files'"],
    ['import', ['absent.csv'], 'error: absent.csv: no such file'],
    ['import', ['-', '-'], 'error: - can be given once only'],
    ['token', ['--org', ''], "error: option '--org <id...>' argument '' is invalid. It must not be empty."],
    [
      'report',
      ['--org', 'a', '--from', '2023-02-30', '--to', '2023-03-01'],
      "error: option '--from <time>' argument '2023-02-30' is invalid.",
    ],
    ['report', ['--org', 'a', '--from', '2023-02-02', '--to', '2023-02-01'], 'error: --to must be later than --from'],
    ['partition', ['--ahead', '121'], "error: option '--ahead <months>' argument '121' is invalid."],
    ['token', ['--org', 'a', '--colour'], "error: unknown option '--colour'"],
  ])('%s %j fails with one clear line', async (name, parameters, message) => {
    const { code, stdout, stderr } = await runCommand(name, parameters, env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  it.each(['report', 'import', 'migrate'])('%s fails with one clear line when the database is away', async (name) => {
    const parameters = {
      report: ['--org', 'a', '--from', '2023-01-01', '--to', '2023-01-02'],
      import: ['-'],
      migrate: [],
    }[name]!;
    const { code, stderr } = await runCommand(name, parameters, {
      DATABASE_URL: 'postgres://127.0.0.1:1/none',
      JWT_SECRET: SECRET,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: connect ECONNREFUSED 127.0.0.1:1\n' });
  });
});
