import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScheduleService } from '../../src/schedule/schedule.service';
import { TestDatabase } from '../support/database';
import { runCommand } from '../support/run';

const HOURS = { timezone: 'Europe/Berlin', versions: [{ hours: 'Mo-Fr 09:00-18:00' }], channels: {} };
const MAINTENANCE = ['--from', '2026-03-10T10:00Z', '--to', '2026-03-10T11:00Z', '--reason', 'maintenance'];

describe('the command schedule', () => {
  let database: TestDatabase;
  let folder: string;
  const run = (parameters: string[], input?: string) =>
    runCommand('schedule', parameters, { DATABASE_URL: database.url }, input);
  const get = async (organization: string) =>
    JSON.parse((await run(['get', '--org', organization])).stdout) as Record<string, unknown>;

  beforeAll(async () => {
    database = await TestDatabase.create();
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-schedule-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('sets what it gets, from a file or standard input', async () => {
    const set = await run(['set', '--org', 'a', '-'], JSON.stringify(HOURS));
    expect(set).toMatchObject({ code: 0, stdout: 'The schedule of a is replaced.\n' });
    expect(JSON.parse(set.stderr)).toMatchObject({ msg: 'Schedule changed', version: 1, changedBy: 'command-line' });
    const { stdout } = await run(['get', '--org', 'a']);
    const file = join(folder, 'hours.json');
    writeFileSync(file, stdout);
    expect(await run(['set', '--org', 'a', file])).toMatchObject({ code: 0 });
    expect((await run(['get', '--org', 'a'])).stdout).toBe(stdout);
    const history = await new ScheduleService(database.dataSource).history('a');
    expect(history).toMatchObject([2, 1].map((version) => ({ version, changedBy: 'command-line' })));
  });

  it('excludes time from the hours of an organization, or of a channel', async () => {
    const channels = { web: { timezone: 'UTC', versions: [{ hours: '24/7' }] } };
    await run(['set', '--org', 'b', '-'], JSON.stringify({ ...HOURS, channels }));
    const exclude = (...more: string[]) => run(['exclude', '--org', 'b', ...MAINTENANCE, ...more]);
    expect(await exclude()).toMatchObject({
      code: 0,
      stdout: 'Excluded 2026-03-10T10:00:00Z to 2026-03-10T11:00:00Z.\n',
    });
    const exclusions = [{ start: '2026-03-10T10:00:00Z', end: '2026-03-10T11:00:00Z', reason: 'maintenance' }];
    expect(await get('b')).toMatchObject({ exclusions, channels: { web: { exclusions: [] } } });
    expect(await exclude('--channel', 'web')).toMatchObject({ code: 0 });
    expect(await get('b')).toMatchObject({ exclusions, channels: { web: { exclusions } } });
    const missing = await exclude('--channel', 'mail');
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('The channel mail has no hours of its own');
  });

  it.each([
    [['get', '--org', 'nobody'], '', 'The organization nobody has no schedule'],
    [['exclude', '--org', 'nobody', ...MAINTENANCE], '', 'The organization nobody has no schedule'],
    [['exclude', '--org', 'a', '--from', '2026-03-10', '--to', '2026-03-09', '--reason', 'x'], '', 'later than --from'],
    [['set', '--org', 'a', '-'], '{', '- must be JSON'],
    [['set', '--org', 'a', '-'], '{"timezone":"UTC"}', 'versions must have at least one version'],
    [['set', '--org', 'a', '/nowhere.json'], '', 'nowhere.json'],
    [['set', '--org', '', '-'], '', 'must not be empty'],
  ])('refuses %j of %j', async (parameters, input, message) => {
    const { code, stderr, stdout } = await run(parameters, input);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
