import { TestDatabase } from './support/database';
import { type Outcome, runCommand } from './support/run';

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
    const index = 'index for reports on a channel:';
    expect(await examine()).toEqual({
      code: 0,
      stdout: [...healthy, `ok       ${index} messages_by_channel`, ''].join('\n'),
      stderr: '',
    });

    await database.dataSource.query('drop index messages_by_channel');
    const statement =
      'CREATE INDEX CONCURRENTLY "messages_organization_id_channel_created_at_report" ON "messages" ("organization_id", "channel", "created_at", "id");';
    expect(await examine()).toEqual({
      code: 1,
      stdout: [...healthy, `MISSING  ${index} ${statement}`, ''].join('\n'),
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
});
