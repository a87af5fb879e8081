import { inspectMessages, MessageTableError, type MessagesOptions, ReportsModule } from '@chat-reports/nestjs';
import { Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';

describe('a table of another backend', () => {
  let database: TestDatabase;
  let warn: jest.SpyInstance;
  let backend: NestFastifyApplication | undefined;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create type mood as enum ('good', 'bad');
      create type tone as enum ('good', 'bad');
      create table notes (id bigserial, account integer, room uuid, mood mood, thread text, sent timestamptz, day date,
        weight float8, weak smallint, tone tone, nick text collate caseless, "a ""b"" c" text, deleted_at timestamp);
      insert into notes (account, room, mood, thread, sent) values (7, gen_random_uuid(), 'good', 'x', now())`);
  });
  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    warn.mockRestore();
    await backend?.close();
    backend = undefined;
  });
  afterAll(() => database.drop());

  const NOTES = { organization: 'account', channel: 'room', session: 'thread', createdAt: 'sent' };

  async function start(messages: MessagesOptions): Promise<string> {
    const module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
        ReportsModule.forRoot({ auth: { secret: SECRET }, messages }),
      ],
    }).compile();
    backend = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    try {
      await backend.init();
    } catch (error) {
      await module.close().catch(() => undefined);
      backend = undefined;
      throw error;
    }
    await backend.listen(0, '127.0.0.1');
    return backend.getUrl();
  }

  it('accepts a label that was added to its enum after the start', async () => {
    const url = await start({ table: 'notes', columns: { ...NOTES, channel: 'tone' } });
    const current = async (channel: string) => {
      const path = `/backend/reports/7/chats/availability/current?channel=${channel}`;
      const response = await fetch(url + path, { headers: { authorization: `Bearer ${token({ org_id: '7' })}` } });
      return { status: response.status, body: (await response.json()) as unknown };
    };
    expect(await current('mixed')).toMatchObject({ status: 400, body: { message: ['channel must be good or bad'] } });
    await database.dataSource.query(`alter type tone add value 'mixed'`);
    expect(await current('mixed')).toMatchObject({ status: 200, body: { state: 'no_data' } });
    expect(await current('none')).toMatchObject({
      status: 400,
      body: { message: ['channel must be good or bad or mixed'] },
    });
  });

  it('accepts a value of the type that a column was changed to after the start', async () => {
    const url = await start({ table: 'notes', columns: { ...NOTES, channel: 'room', organization: 'weak' } });
    const current = async (organization: string) =>
      (
        await fetch(`${url}/backend/reports/${organization}/chats/availability/current`, {
          headers: { authorization: `Bearer ${token({ org_id: organization })}` },
        })
      ).status;
    expect(await current('40000')).toBe(400);
    await database.dataSource.query('alter table notes alter column weak type bigint');
    expect(await current('40000')).toBe(200);
  });

  it.each<[string, MessagesOptions, string]>([
    ['a table that is not there', { table: 'note' }, 'there is no table "note" in the database; it has notes'],
    [
      'a schema that is not there',
      { schema: 'chat' },
      'there is no table "chat"."messages" in the database; it has no tables',
    ],
    [
      'a name that would be more than one',
      { table: 'notes"; drop table notes; --' },
      'there is no table "notes""; drop table notes; --" in',
    ],
    [
      'an organization that another spelling would read',
      { table: 'notes', columns: { ...NOTES, organization: 'nick' } },
      'the column "nick" for messages.columns.organization has the nondeterministic collation "caseless", with which',
    ],
    [
      'a channel that another spelling would read',
      { table: 'notes', columns: { ...NOTES, channel: 'nick' } },
      'the column "nick" for messages.columns.channel has the nondeterministic collation "caseless", with which',
    ],
    [
      'a column that is not there',
      { table: 'notes', columns: { ...NOTES, createdAt: 'sent_at' } },
      'the table "notes" has no column "sent_at" for messages.columns.createdAt; it has sent, ',
    ],
    [
      'a default that is not there',
      { table: 'notes', columns: { organization: 'account' } },
      'the table "notes" has no column "channel" for messages.columns.channel',
    ],
    [
      'a time that is a day',
      { table: 'notes', columns: { ...NOTES, createdAt: 'day' } },
      'the column "day" for messages.columns.createdAt is of type date; it can be timestamptz or timestamp',
    ],
    [
      'an organization that is a measure',
      { table: 'notes', columns: { ...NOTES, organization: 'weight' } },
      'the column "weight" for messages.columns.organization is of type double precision; it can be smallint,',
    ],
    [
      'a filter that is no SQL',
      { table: 'notes', columns: NOTES, filter: { where: 'delted_at is null' } },
      'messages.filter cannot be used: column "delted_at" does not exist',
    ],
    [
      'a filter without a value',
      { table: 'notes', columns: NOTES, filter: { where: 'mood = :mood' } },
      'messages.filter has no value for its parameter mood',
    ],
    [
      'a filter with an empty list',
      { table: 'notes', columns: NOTES, filter: { where: 'mood in (:...moods)', parameters: { moods: [] } } },
      'messages.filter needs a non-empty array for its parameter moods',
    ],
  ])('stops the boot with %s', async (_name, messages, message) => {
    const error: unknown = await start(messages).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MessageTableError);
    expect((error as Error).message).toContain(`ReportsModule: ${message}`);
  });

  it('warns of each index that is missing, until the statements of the warnings have run', async () => {
    const messages = { table: 'notes', columns: NOTES };
    await start(messages);
    const warnings = warn.mock.calls.map(([text]) => String(text));
    const statements = warnings.map((text) => /CREATE INDEX CONCURRENTLY .*;$/.exec(text)![0]);
    expect(statements).toEqual([
      'CREATE INDEX CONCURRENTLY "notes_account_sent_report" ON "notes" ("account", "sent", "id");',
      'CREATE INDEX CONCURRENTLY "notes_account_room_sent_report" ON "notes" ("account", "room", "sent", "id");',
    ]);
    await backend!.close();
    for (const statement of statements) await database.dataSource.query(statement);
    warn.mockClear();
    await start(messages);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    [1, 'whose columns are in another order', '(session_id, created_at)'],
    [1, 'that has to be sorted', '(organization_id, session_id)'],
    [0, 'in order of time, from which the planner picks the organization', '(created_at)'],
    [1, 'on other rows than those of the filter', '(organization_id, created_at) where kind = 2'],
    [0, 'on the rows of the filter', '(organization_id, created_at) where kind in (0, 1)'],
  ])('gives %d warnings of an index %s', async (count, _name, index) => {
    await database.dataSource.query(`
      drop table if exists diary;
      create table diary (organization_id text, session_id text, created_at timestamptz, id integer, kind integer);
      create index on diary ${index}`);
    const filter = { where: 'kind in (:...kinds)', parameters: { kinds: [0, 1] } };
    await start({ table: 'diary', columns: { channel: null }, filter });
    expect(warn).toHaveBeenCalledTimes(count);
  });

  it('warns of a view as long as no index of the tables below serves it', async () => {
    await database.dataSource.query(`
      create table tale (like notes);
      create view tales as select * from tale where mood = 'good'`);
    const messages = { table: 'tales', columns: { ...NOTES, channel: null } };
    await start(messages);
    expect(warn.mock.calls).toEqual([
      [
        '"tales" has no index for reports on an organization, which will be slow. Create one on the tables that it reads',
      ],
    ]);
    await backend!.close();
    await database.dataSource.query(`create index on tale (account, sent) where mood = 'good'`);
    warn.mockClear();
    await start(messages);
    expect(warn).not.toHaveBeenCalled();
  });

  it('accepts indexes with which a channel is picked from the messages of an organization, but not for all channels', async () => {
    await database.dataSource.query(`
      create table inboxes (organization_id text, channel integer, session_id text, created_at timestamptz, id integer);
      create index on inboxes (organization_id, created_at, session_id);
      create index on inboxes (organization_id, channel)`);
    await start({ table: 'inboxes' });
    expect(warn).not.toHaveBeenCalled();
    const inspect = async () => (await inspectMessages(database.dataSource, { table: 'inboxes' })).indexes;
    expect(await inspect()).toMatchObject([
      { purpose: 'reports on an organization', isServed: true, isDirect: true },
      { purpose: 'reports on a channel', isServed: true, isDirect: false },
    ]);
    await database.dataSource.query('create index on inboxes (channel, organization_id, created_at)');
    expect(await inspect()).toMatchObject([{}, { isServed: true, isDirect: true }]);
  });

  it('warns of a partition without an index', async () => {
    await database.dataSource.query(`
      create table letters (organization_id text, session_id text, created_at timestamptz, id integer)
        partition by range (created_at);
      create table letters_2023 partition of letters for values from ('2023-01-01') to ('2024-01-01');
      create table letters_2024 partition of letters for values from ('2024-01-01') to ('2025-01-01');
      create index on letters_2023 (organization_id, created_at)`);
    const messages = { table: 'letters', columns: { channel: null } };
    await start(messages);
    expect(warn).toHaveBeenCalledTimes(1);
    await backend!.close();
    await database.dataSource.query(`create index on letters_2024 (organization_id, created_at)`);
    warn.mockClear();
    await start(messages);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    [
      'an organization',
      { organization: 'account' },
      'abc',
      '',
      ['orgId must be an integer from -2147483648 to 2147483647'],
    ],
    [
      'an organization out of range',
      { organization: 'account' },
      '2147483648',
      '',
      [expect.stringContaining('orgId') as string],
    ],
    [
      'an organization with a zero before it',
      { organization: 'account' },
      '07',
      '',
      [expect.stringContaining('orgId') as string],
    ],
    ['an organization', { organization: 'room' }, '7', '', ['orgId must be a UUID']],
    ['an organization', { organization: 'mood' }, 'glad', '', ['orgId must be good or bad']],
    ['a channel', { channel: 'room' }, '7', '&channel=web', ['channel must be a UUID']],
    ['a channel', { channel: null }, '7', '&channel=web', ['channel cannot be given: these messages have no channel']],
  ])('answers 400 to %s that %j cannot hold', async (_name, columns, organization, query, message) => {
    const url = await start({ table: 'notes', columns: { ...NOTES, ...columns } });
    const headers = { authorization: `Bearer ${token({ org_id: organization })}` };
    for (const below of [`?${RANGE}${query}`, `/trend?${RANGE}&interval=day${query}`, `/current?${query.slice(1)}`]) {
      const answer = await fetch(`${url}/backend/reports/${organization}/chats/availability${below}`, { headers });
      expect(await answer.json()).toEqual({ statusCode: 400, message, error: 'Bad Request' });
    }
  });

  it('has a breakdown without channels if messages have none', async () => {
    const url = await start({ table: 'notes', columns: { ...NOTES, channel: null } });
    const headers = { authorization: `Bearer ${token({ org_id: '7' })}` };
    const answer = await fetch(`${url}/backend/reports/7/chats/availability/breakdown?${RANGE}`, { headers });
    expect(await answer.json()).toMatchObject({ channels: [], availability_percentage: null });
  });
});
