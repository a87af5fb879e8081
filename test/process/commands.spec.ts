import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decode } from 'jsonwebtoken';
import { Backend, SECRET } from '../support/backend';
import { TestDatabase } from '../support/database';
import { runCommand, runNpm } from '../support/run';

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

  it.each([
    'token',
    'api-key',
    'import',
    'export',
    'report',
    'migrate',
    'doctor',
    'partition',
    'rollups',
    'schedule',
    'messages',
  ])('%s explains itself with --help, without a database', async (name) => {
    const { code, stdout } = await runNpm(name, ['--help'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Usage: npm run -s ${name} --`) as string,
    });
  });

  describe('token', () => {
    it('prints nothing but a token, which the backend accepts', async () => {
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
      const { stdout } = await runCommand('token', ['--org', 'a', 'b', '--organization', 'c'], env);
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

    it('makes a key that expires in a year and reads reports, unless told otherwise', async () => {
      const expiryOf = async (...parameters: string[]) => {
        const { stderr, stdout } = await run('create', '--org', 'audited', '--name', 'a', ...parameters);
        const [line] = stderr.split('\n').filter((text) => text.startsWith('{'));
        expect(stderr).not.toContain(stdout.trim());
        const entry = JSON.parse(line!) as { scope: string; time: string; expiresAt?: string };
        expect(entry).toMatchObject({ level: 'info', msg: 'API key created', organization: 'audited', name: 'a' });
        const days = entry.expiresAt && (Date.parse(entry.expiresAt) - Date.parse(entry.time)) / 86_400_000;
        return [entry.scope, days && Math.round(days)];
      };
      expect(await expiryOf()).toEqual(['reports:read', 365]);
      expect(await expiryOf('--expires', 'never', '--scope', 'a b')).toEqual(['a b', undefined]);
      expect((await run('list', '--org', 'audited')).stdout).toMatch(/│ reports:read +│ valid[^]*│ a b +│ valid/);
    });

    it('lists keys without control characters, which a name may have', async () => {
      await run('create', '--org', 'a\x1b[2J', '--name', '\x9b2J\u202e');
      const { stdout } = await run('list', '--org', 'a\x1b[2J');
      expect(stdout).toContain('a\\u001b[2J');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    });

    it.each([
      [['create', '--org', 'a'], '--name'],
      [['create', '--name', 'a'], '--org'],
      [['create', '--org', '', '--name', 'a'], 'must not be empty'],
      [['create', '--org', 'a', '--name', ' '], 'must not be empty'],
      [['create', '--org', 'a', '--name', 'a', '--expires', '5'], '30m, 1h, 7d'],
      [['create', '--org', 'a', '--name', 'a', '--scope', ' '], 'must be names separated by a space'],
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
      expect(first).toMatchObject({ code: 0, stdout: `${file}: 3 messages, 3 added, 0 already there (import 1)\n` });
      const second = await runCommand('import', [file, '-'], env, MESSAGES);
      expect(second.stdout).toBe(
        `${file}: 3 messages, 0 added, 3 already there (import 2)\n-: 3 messages, 0 added, 3 already there (import 3)\n`,
      );
    });

    it('shows a line of progress a second where there is no terminal', async () => {
      const { stderr } = await runCommand('import', ['-'], env, MESSAGES);
      expect(stderr).toMatch(/^- \| .* messages \| (reading|storing) \| \d+s/m);
    });

    it.each([
      ['half a gzip file', gzipSync(MESSAGES).subarray(0, 50)],
      ['a byte that is not UTF-8', Buffer.concat([Buffer.from(MESSAGES), Buffer.from([0x0a, 0xff])])],
      ['an open quote', Buffer.from(`${MESSAGES}\n"`)],
    ])('ends with code 1 and one line at %s, and imports nothing', async (_name, bytes) => {
      const file = join(folder, 'broken');
      writeFileSync(file, bytes);
      const count = () => database.dataSource.query<unknown[]>('select count(*) from messages');
      const before = await count();
      const { code, stdout, stderr } = await runCommand('import', [file], env);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.trim().split('\n').at(-1)).toMatch(new RegExp(`^error: ${file}:(\\d+:)? [^\\n]+$`));
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(await count()).toEqual(before);
    });
  });

  describe('export', () => {
    it('prints the messages of all organizations or of some, in a form that import takes for the same', async () => {
      await runCommand('import', ['-'], env, `${MESSAGES}\nother,web,s1,2023-01-15T10:28:00.25Z\n`);
      const { stdout } = await runCommand('export', [], env);
      expect(stdout.match(/\n/g)).toHaveLength(4);
      expect((await runCommand('import', ['-'], env, stdout)).stdout).toMatch(
        /^-: 4 messages, 0 added, 4 already there \(import \d+\)\n$/,
      );
      const some = await runCommand('export', ['--org', 'other', 'none'], env);
      expect({ ...some, stdout: JSON.parse(some.stdout) as unknown }).toEqual({
        code: 0,
        stdout: {
          organization_id: 'other',
          channel: 'web',
          session_id: 's1',
          created_at: '2023-01-15T10:28:00.250Z',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
        stderr: '',
      });
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
        /^The messages table is now partitioned by month\.\nCreated: messages_2023_01, messages_2023_03, messages_\d{4}_\d\d\n$/,
      ) as string,
    });
    expect(await run()).toMatchObject({ code: 0, stdout: 'Every month has its partition.\n' });
    await own.drop();
  });

  it.each([
    ['token', [], "error: required option '--org, --organization <id...>' not specified"],
    ['token', ['--org', 'a', '--expires', '60'], "error: option '--expires <duration>' argument '60' is invalid."],
    ['import', [], 'error: give files to import, --list or --undo'],
    ['import', ['absent.csv', '--list'], 'error: give files to import, --list or --undo'],
    [
      'import',
      ['--undo', 'x'],
      "error: option '--undo <import>' argument 'x' is invalid. It must be the number of an import",
    ],
    ['messages', ['delete', '--org', 'a'], 'error: Nothing is deleted: pass --yes to delete without being asked'],
    [
      'messages',
      ['delete', '--org', 'a', '--from', '2023-02-02', '--to', '2023-02-01'],
      'error: --to must be later than --from',
    ],
    ['import', ['absent.csv'], 'error: absent.csv: no such file'],
    ['import', ['-', '-'], 'error: - can be given only once'],
    [
      'token',
      ['--org', ''],
      "error: option '--org, --organization <id...>' argument '' is invalid. It must not be empty.",
    ],
    [
      'report',
      ['--org', 'a', '--from', '2023-02-30', '--to', '2023-03-01'],
      "error: option '--from <time>' argument '2023-02-30' is invalid.",
    ],
    ['report', ['--org', 'a', '--from', '2023-02-02', '--to', '2023-02-01'], 'error: --to must be later than --from'],
    [
      'report',
      ['--org', 'a', '--from', '2023-02-01', '--to', '2023-02-02', '--timezone', '+01:00'],
      "error: option '--timezone <zone>' argument '+01:00' is invalid. It must be an IANA time zone name, such as Europe/Berlin.",
    ],
    [
      'report',
      ['--org', 'a', '--from', '2023-02-01', '--to', '2023-02-02', '--timezone', 'UTC', '--hours', '9-5'],
      "error: option '--hours <hours>' argument '9-5' is invalid. It has \"9-5\"; write hours such as Mo-Fr 09:00-18:00;",
    ],
    [
      'report',
      ['--org', 'a', '--from', '2023-02-01', '--to', '2023-02-02', '--hours', '24/7'],
      'error: --hours needs --timezone, such as Europe/Berlin, in which they are local times',
    ],
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
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1\n' });
  });
});
