import { Backend, SECRET } from '../support/backend';
import { TestDatabase } from '../support/database';
import { runCommand } from '../support/run';

const MESSAGES = [
  'organization_id,channel,session_id,created_at',
  'acme,web,=1+1,2023-01-15T10:28:00Z',
  'acme,web,s2,2023-01-15T11:00:00Z',
  'acme,mail,s3,2023-01-16T00:00:00Z',
].join('\n');

describe('the command', () => {
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await TestDatabase.create();
    env = { DATABASE_URL: database.url, JWT_SECRET: SECRET };
    await runCommand('import', ['-'], env, MESSAGES);
  });
  afterAll(() => database.drop());

  describe('report', () => {
    const RANGE = ['--org', 'acme', '--from', '2023-01-15', '--to', '2023-01-16'];

    it('prints a table for a person', async () => {
      const { stdout } = await runCommand('report', RANGE, env);
      expect(stdout).toContain('│ 2023-01-15T10:30:00Z │ 2023-01-15T11:00:00Z │ 30m      │ =1+1    │');
      expect(stdout).toContain('71.944 % available: silent for 13h 28m of 2d, in 2 downtimes (UTC)');
    });

    it('ends what goes on beyond a period in the past with it, and says where it is still silent', async () => {
      const period = ['--org', 'acme', '--edges', 'count', '--from', '2023-01-15T12:00:00Z'];
      const before = await runCommand('report', [...period, '--to', '2023-01-15T20:00:00Z'], env);
      expect(before.stdout).toContain('│ 2023-01-15T12:00:00Z │ 2023-01-15T20:00:00Z │ 8h       │');
      const after = await runCommand(
        'report',
        [...period.slice(0, 4), '--from', '2023-01-16', '--to', '2023-01-16'],
        env,
      );
      expect(after.stdout).toContain('│ 2023-01-16T00:02:00Z │ 2023-01-17T00:00:00Z, still silent │ 23h 58m  │');
    });

    it('prints a table without control characters, which a name may have', async () => {
      const messages = ['10:00', '11:00'].map((time) => `"\x1b]0;x\x07",web,"\x1b[2J\u202e",2023-01-15T${time}:00Z`);
      await runCommand('import', ['-'], env, [MESSAGES.split('\n')[0], ...messages].join('\n'));
      const { stdout } = await runCommand('report', ['--org', '\x1b]0;x\x07', ...RANGE.slice(2)], env);
      expect(stdout).toContain('\\u001b[2J\\u202e');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    });

    it('prints what the backend answers as JSON, of one channel where it is told', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--channel', 'web', '--format', 'json'], env);
      const backend = await Backend.start({ databaseUrl: database.url });
      const query = { startDate: '2023-01-15', endDate: '2023-01-16', channel: 'web' };
      const { body } = await backend.report(query, { organizationId: 'acme' });
      await backend.close();
      expect(JSON.parse(stdout)).toEqual(body);
    });

    it.each([
      ['Europe/Berlin', [], '2023-01-15T11:30:00+01:00 │ 2023-01-15T12:00:00+01:00 │ 30m ', '13h 28m of 2d'],
      ['America/New_York', [], '2023-01-15T05:30:00-05:00 │ 2023-01-15T06:00:00-05:00 │ 30m ', '13h 28m of 2d'],
      [
        'UTC',
        ['--hours', 'Su 10:00-12:00'],
        '2023-01-15T10:30:00+00:00 │ 2023-01-15T11:00:00+00:00 │ 30m ',
        '1h 28m of 2h',
      ],
    ])('prints local times of %s %j', async (timeZone, hours, row, total) => {
      const { stdout } = await runCommand('report', [...RANGE, '--timezone', timeZone, ...hours], env);
      expect(stdout).toContain(row);
      expect(stdout).toContain(`silent for ${total}, in 2 downtimes (${timeZone})`);
    });

    it('prints what the backend answers to the same time zone and hours, as JSON and as CSV', async () => {
      const query = { timezone: 'Europe/Berlin', hours: 'Mo-Su 09:00-18:00' };
      const options = [...RANGE, '--timezone', query.timezone, '--hours', query.hours];
      const json = await runCommand('report', [...options, '--format', 'json'], env);
      const csv = await runCommand('report', [...options, '--format', 'csv'], env);
      const backend = await Backend.start({ databaseUrl: database.url });
      const range = { startDate: '2023-01-15', endDate: '2023-01-16', ...query };
      const { body } = await backend.report(range, { organizationId: 'acme' });
      const file = await backend.ask(range, { organizationId: 'acme', accept: 'text/csv' });
      const text = await file.text();
      await backend.close();
      expect(JSON.parse(json.stdout)).toEqual(body);
      expect(csv.stdout).toBe(text.replaceAll('\r\n', '\n'));
      expect(csv.stdout).toMatch(/^start_time \(Europe\/Berlin\),/);
    });

    it('takes an empty time zone and empty hours as none', async () => {
      const empty = await runCommand('report', [...RANGE, '--timezone', '', '--hours', ''], env);
      expect(empty).toEqual(await runCommand('report', RANGE, env));
    });

    it('prints CSV in which no session becomes a formula', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--channel', 'web', '--format', 'csv'], env);
      expect(stdout).toBe(
        'start_time,end_time,duration,session_id\n"2023-01-15T10:30:00Z","2023-01-15T11:00:00Z",1800000,"\'=1+1"\n',
      );
    });
  });

  describe('report --by', () => {
    const RANGE = ['--org', 'acme', '--from', '2023-01-15', '--to', '2023-01-17'];

    it('day draws a bar for each day, and tells one without data', async () => {
      const { stdout } = await runCommand('report', [...RANGE, '--by', 'day', '--edges', 'ignore'], env);
      expect(stdout).toContain('│ 2023-01-15 │ 43.888 %  │ █████████████░░░░░░░░░░░░░░░░░ │ 13h 28m    │ 2         │');
      expect(stdout).toContain('│ 2023-01-17 │ no data   │ ······························ │ 0ms        │ 0         │');
    });

    it('day draws the days of a time zone, and closed ones', async () => {
      const options = ['--by', 'day', '--timezone', 'Asia/Tokyo', '--hours', 'Su,Tu 09:00-21:00'];
      const { stdout } = await runCommand('report', [...RANGE, ...options, '--edges', 'count'], env);
      expect(stdout).toMatch(/│ 2023-01-15 │ \d/);
      expect(stdout).toMatch(/│ 2023-01-16 │ closed {4}│ ·+ │ 0ms {8}│ 0 /);
      expect(stdout).toMatch(/│ 2023-01-17 │ 0\.277 % {3}│ ░+ │ 11h 58m/);
      expect(stdout).not.toContain('2023-01-14');
      expect(stdout).toContain('(Asia/Tokyo)');
    });

    it.each([
      ['downtimes', []],
      ['channels', ['--by', 'channel']],
    ])('takes an empty channel as none, for %s', async (_name, by) => {
      const print = async (...more: string[]) =>
        runCommand('report', [...RANGE, ...by, '--format', 'json', ...more], env);
      expect((await print('--channel', '')).stdout).toBe((await print()).stdout);
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
});
