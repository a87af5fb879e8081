import { rollupSealer } from '@chat-reports/nestjs';
import { TestDatabase } from '../support/database';
import { dropRollups, sealAll } from '../support/rollups';
import { type Outcome, runCommand } from '../support/run';

describe('the command doctor', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  const examine = (): Promise<Outcome> => runCommand('doctor', [], { DATABASE_URL: database.url });

  it('finds all that a report needs, then what is missing, and what is there no more', async () => {
    const healthy = [
      'ok       table "messages"',
      'ok       organization: column organization_id, text',
      'ok       channel: column channel, text',
      'ok       session: column session_id, text',
      'ok       createdAt: column created_at, timestamp with time zone',
      'ok       id: column id, uuid',
      'ok       index for reports on an organization: messages_pkey',
    ];
    await sealAll(rollupSealer(database.dataSource));
    const stored = 'ok       rollups: 0 days stored, all that are over';
    const index = 'index for reports on a channel:';
    expect(await examine()).toEqual({
      code: 0,
      stdout: [...healthy, `ok       ${index} messages_by_channel`, stored, ''].join('\n'),
      stderr: '',
    });

    await database.dataSource.query('drop index messages_by_channel');
    const statement =
      'CREATE INDEX CONCURRENTLY "messages_organization_id_channel_created_at_report" ON "messages" ("organization_id", "channel", "created_at", "id");';
    expect(await examine()).toEqual({
      code: 1,
      stdout: [...healthy, `MISSING  ${index} ${statement}`, stored, ''].join('\n'),
      stderr: '',
    });
    await database.dataSource.query(statement);
    expect(await examine()).toMatchObject({ code: 0 });

    await database.dataSource.query('alter table messages rename channel to room');
    expect(await examine()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('"channel"') as string,
    });
  });

  it('counts the days that are stored, and says why others are not', async () => {
    const other = await TestDatabase.create();
    const lastLine = async (env: Record<string, string> = {}) => {
      const { code, stdout } = await runCommand('doctor', [], { DATABASE_URL: other.url, ...env });
      expect(code).toBe(0);
      return stdout.trim().split('\n').at(-1);
    };
    await other.insert([{ at: '2023-01-01T10:00:00Z' }, { at: '2023-01-03T10:00:00Z' }]);
    await sealAll(rollupSealer(other.dataSource));
    expect(await lastLine()).toBe('ok       rollups: 3 days stored, all that are over');
    await other.insert([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-05T10:00:00Z' }]);
    expect(await lastLine()).toMatch(
      /^note {5}rollups: 3 days stored, of which some have changed since \(2 marks\); not all from 2023-01-04 on are: /,
    );
    expect(await lastLine({ ROLLUPS: 'off' })).toBe(
      'note     rollups: reports read messages only, because ROLLUPS is off',
    );
    await dropRollups(other.dataSource);
    expect(await lastLine()).toContain('because there are no rollups of "public"."messages"');
    await other.drop();
  });
});
