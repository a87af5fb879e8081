import { TestDatabase } from '../support/database';
import { runCommand } from '../support/run';

const COLUMNS = 'organization_id,channel,session_id,created_at';

describe('the deletion of messages', () => {
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeEach(async () => {
    database = await TestDatabase.create();
    env = { DATABASE_URL: database.url };
  });
  afterEach(() => database.drop());

  it('takes out what an import has added, once, and leaves what was there before', async () => {
    const sessions = async () =>
      (await database.dataSource.query<{ session_id: string }[]>('select session_id from messages order by 1')).map(
        ({ session_id }) => session_id,
      );
    await database.insert([{ at: '2023-01-15T09:00:00Z', sessionId: 'live' }]);
    await runCommand('import', ['-'], env, `${COLUMNS}\na,web,first,2023-01-15T10:00:00Z\n`);
    const both = `${COLUMNS}\na,web,first,2023-01-15T10:00:00Z\na,web,second,2023-01-15T10:00:00Z\n`;
    await runCommand('import', ['-'], env, both);
    const undone = await runCommand('import', ['--undo', '2'], env);
    expect(undone).toMatchObject({ code: 0, stdout: 'Import 2 is undone. Messages deleted: 1\n' });
    expect(await sessions()).toEqual(['first', 'live']);
    const { stdout } = await runCommand('import', ['--list'], env);
    const rows = stdout.split('\n').flatMap((line) => {
      const cells = line.split('│').map((cell) => cell.trim());
      return /^\d+$/.test(cells[1]!) ? [[cells[1], cells[2], cells[4], cells[5], cells[6] !== '–']] : [];
    });
    expect(rows).toEqual([
      ['2', '-', '2', '1', true],
      ['1', '-', '1', '1', false],
    ]);
    for (const [id, error] of [
      ['2', /^error: Import 2 has already been undone, at 20\d\d-.*Z\n$/],
      ['3', /^error: There is no import 3; --list shows all imports\n$/],
    ] as const) {
      const again = await runCommand('import', ['--undo', id], env);
      expect(again).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(error) as string });
    }
    expect((await runCommand('import', ['-'], env, both)).stdout).toContain('1 added, 1 already there');
    expect(await sessions()).toEqual(['first', 'live', 'second']);
  });

  it('deletes the messages of an organization, or a part of them', async () => {
    const hours = ['2023-01-14T23:59:59.999Z', '2023-01-15T00:00:00Z', '2023-01-15T12:00:00Z', '2023-01-16T00:00:00Z'];
    await database.insert([
      ...hours.map((at) => ({ at, organizationId: 'a' })),
      { at: hours[1]!, organizationId: 'a', channel: 'mail' },
      { at: hours[1]!, organizationId: 'b' },
    ]);
    const left = async () => {
      const statement = 'select organization_id, channel, created_at from messages order by 1, 2, 3';
      const rows =
        await database.dataSource.query<{ organization_id: string; channel: string; created_at: Date }[]>(statement);
      return rows.map((row) => `${row.organization_id} ${row.channel} ${row.created_at.toISOString()}`);
    };
    const remove = (...scope: string[]) =>
      runCommand('messages', ['delete', '--organization', 'a', ...scope, '--yes'], env);
    expect(await remove('--channel', 'web', '--from', '2023-01-15', '--to', '2023-01-15')).toEqual({
      code: 0,
      stdout: 'Messages of a deleted: 2\n',
      stderr: '',
    });
    expect(await left()).toEqual([
      'a mail 2023-01-15T00:00:00.000Z',
      'a web 2023-01-14T23:59:59.999Z',
      'a web 2023-01-16T00:00:00.000Z',
      'b web 2023-01-15T00:00:00.000Z',
    ]);
    expect((await remove()).stdout).toBe('Messages of a deleted: 3\n');
    expect(await left()).toEqual(['b web 2023-01-15T00:00:00.000Z']);
    expect((await remove()).stdout).toBe('Messages of a deleted: 0\n');
  });
});
