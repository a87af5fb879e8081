import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabase } from '../support/database';
import { runCommand } from '../support/run';

const HEADER = 'organization_id;channel;session_id;created_at;text';
const MIXED = [
  HEADER,
  'acme;web;s1;2024-05-06T08:01:00Z;Hello',
  'acme;web;;2024-05-06T08:02:00Z;Hello',
  'acme;web;s1;1714982460;Hello',
  'acme;web;s1;06.05.2024;Hello',
  'acme;web;s1',
  'acme;web;s1;07.05.2024;Hello',
].join('\n');

describe('import', () => {
  let database: TestDatabase;
  let folder: string;
  let file: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await TestDatabase.create();
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-import-'));
    file = join(folder, 'messages.csv');
    writeFileSync(file, MIXED);
    env = { DATABASE_URL: database.url };
  });
  afterEach(() => database.clear());
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('lists the errors of all rows by their kind, and needs no database for it', async () => {
    const away = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const { code, stdout, stderr } = await runCommand('import', ['--dry-run', file], away);
    const time = 'column created_at is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z';
    expect({ code, lines: stdout.trim().split('\n') }).toEqual({
      code: 2,
      lines: [
        `${file}: 2 messages, 4 invalid rows; nothing was imported`,
        '1 × column session_id is empty',
        `  ${file}:3: column session_id is empty`,
        `2 × ${time}`,
        `  ${file}:5: ${time}: "06.05.2024"`,
        `  ${file}:7: ${time}: "07.05.2024"`,
        '1 × has 3 values for 5 columns',
        `  ${file}:6: has 3 values for 5 columns`,
      ],
    });
    expect(stderr).toBe(
      `${file}: ignored the columns text\n${file}: read numbers in created_at as seconds (--epoch s)\n`,
    );
  });

  it('checks all files, whatever is wrong with one of them', async () => {
    const unreadable = join(folder, 'unreadable.csv');
    writeFileSync(unreadable, 'a;b');
    const { code, stdout, stderr } = await runCommand('import', ['--dry-run', file, unreadable, file], env);
    expect({ code, checked: stdout.match(/^.*: 2 messages, 4 invalid rows/gm) }).toEqual({
      code: 1,
      checked: Array(2).fill(`${file}: 2 messages, 4 invalid rows`),
    });
    expect(stderr).toContain(`error: ${unreadable}:1: columns organization_id, `);
  });

  it('lists no more than 20 kinds of errors', async () => {
    const rows = Array.from({ length: 25 }, (_, count) => 'x;'.repeat(count + 6));
    const { stdout } = await runCommand('import', ['--dry-run', '-'], env, [HEADER, ...rows].join('\n'));
    expect(stdout.match(/^1 × /gm)).toHaveLength(20);
    expect(stdout).toContain('5 × other reasons');
  });

  it('leaves out invalid rows, and takes them in once they are corrected', async () => {
    const first = await runCommand('import', ['--skip-invalid', file], env);
    expect(first).toMatchObject({ code: 2, stdout: `${file}: 2 messages, 2 added, 0 already there (import 1)\n` });
    const rejected = `${file}.rejected.csv`;
    expect(first.stderr).toContain(`${file}: left out 4 invalid rows, written to ${rejected}\n`);
    const text = readFileSync(rejected, 'utf8');
    expect(text.split('\n').slice(0, 2)).toEqual([
      'organization_id,channel,session_id,created_at,id,line,reason,row',
      '"acme","web",,"2024-05-06T08:02:00Z",,3,"column session_id is empty",',
    ]);
    expect(text).toContain(',6,"has 3 values for 5 columns","acme, web, s1"');
    const corrected = text.replace('"web",,', '"web","s2",').split('\n').slice(0, 2).join('\n');
    expect(await runCommand('import', ['-'], env, corrected)).toMatchObject({
      code: 0,
      stdout: '-: 1 message, 1 added, 0 already there (import 2)\n',
    });
  });

  it('leaves out only lines with wrong quotes, and keeps their text', async () => {
    const quoted = join(folder, 'quoted.csv');
    const line = (text: string) => `acme;web;s1;2024-05-06T08:01:00Z;${text}`;
    writeFileSync(quoted, [HEADER, ...['"Say" "hi"', 'Hello', 'Say "hi"', 'Hello', '""Hi""', ''].map(line)].join('\n'));
    const { stdout } = await runCommand('import', ['--skip-invalid', quoted], env);
    expect(stdout).toContain(': 3 messages, 3 added');
    expect(readFileSync(`${quoted}.rejected.csv`, 'utf8').trim().split('\n').slice(1)).toEqual([
      ',,,,,2,"is not CSV: value 5 has a quote before its end","acme;web;s1;2024-05-06T08:01:00Z;""Say"" ""hi"""',
      ',,,,,4,"is not CSV: value 5 has a quote after its start","acme;web;s1;2024-05-06T08:01:00Z;Say ""hi"""',
      ',,,,,6,"is not CSV: value 5 has a quote before its end","acme;web;s1;2024-05-06T08:01:00Z;""""Hi"""""',
    ]);
  });

  it('names a wrong quote in the header, even if invalid rows are skipped', async () => {
    const text = `"a"b;channel\n${HEADER}\n`;
    const { code, stderr } = await runCommand('import', ['--dry-run', '-'], env, text);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'error: -:1: is not CSV: value 1 has a quote before its end\n',
    });
  });

  it('does not read a zip archive from standard input', async () => {
    const { code, stderr } = await runCommand('import', ['--dry-run', '-'], env, 'PK\x03\x04');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'error: -: is a zip archive, which is read only from a file of its own\n',
    });
  });

  it('imports nothing if the invalid rows cannot be written', async () => {
    const blocked = join(folder, 'blocked.csv');
    writeFileSync(blocked, MIXED);
    mkdirSync(`${blocked}.rejected.csv`);
    const { code, stdout, stderr } = await runCommand('import', ['--skip-invalid', blocked], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .*invalid rows cannot be written: EISDIR.*blocked\.csv\.rejected\.csv'$/m);
    expect((await runCommand('import', ['--list'], env)).stdout).not.toContain(blocked);
  });

  it('keeps the invalid rows of an earlier import if it fails', async () => {
    const cut = join(folder, 'cut.csv');
    writeFileSync(`${cut}.rejected.csv`, 'earlier');
    // The damaged byte comes in a later piece than the invalid rows.
    writeFileSync(cut, Buffer.concat([Buffer.from(MIXED), Buffer.alloc(200_000, '\n'), Buffer.from([0xff])]));
    expect(await runCommand('import', ['--skip-invalid', cut], env)).toMatchObject({ code: 1, stdout: '' });
    expect(readdirSync(folder).filter((name) => name.startsWith('cut.'))).toEqual(['cut.csv', 'cut.csv.rejected.csv']);
    expect(readFileSync(`${cut}.rejected.csv`, 'utf8')).toBe('earlier');
  });

  it('keeps the text of a line of NDJSON in which columns are missing', async () => {
    const name = join(folder, 'missing.ndjson');
    writeFileSync(name, '{"organization":"acme","channel":"web"}\n');
    await runCommand('import', ['--skip-invalid', name], env);
    expect(readFileSync(`${name}.rejected.csv`, 'utf8')).toContain(
      ',"{""organization"":""acme"",""channel"":""web""}"\n',
    );
  });

  it('writes no file when no row is invalid', async () => {
    const valid = join(folder, 'valid.csv');
    writeFileSync(valid, MIXED.split('\n').slice(0, 2).join('\n'));
    expect(await runCommand('import', ['--skip-invalid', valid], env)).toMatchObject({ code: 0 });
    expect(existsSync(`${valid}.rejected.csv`)).toBe(false);
  });

  it.each([
    [['--map', 'time=ts'], 'It must be COLUMN=NAME, where COLUMN is one of organization_id, channel, session_id,'],
    [['--map', 'created_at='], 'It must be COLUMN=NAME'],
    [['--map', 'session_id=Ticket,id=ticket'], 'error: --map calls both id and session_id "ticket"'],
    [['--timezone', '+01:00'], 'It must be an IANA time zone name, such as Europe/Berlin.'],
    [['--epoch', 'days'], "argument 'days' is invalid. Allowed choices are s, ms, us, ns."],
    [['--organization', ''], 'It must not be empty.'],
    [['--from', 'slack'], 'error: --from needs --organization, which an export does not contain'],
    [['--from', 'irc', '--org', 'a'], 'Allowed choices are slack, intercom, zendesk, chatwoot.'],
  ])('refuses %j with one clear line', async (options, message) => {
    const { code, stderr } = await runCommand('import', [...options, file], env);
    expect({ code, lines: stderr.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining(message) as string],
    });
  });
});
