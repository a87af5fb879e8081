import { inspectMessages, type MessagesOptions } from '@chat-reports/nestjs';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import { openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { explain, nodesOf, statementsOf } from '../support/plan';

const DAY = { start: new Date('2023-01-15'), end: new Date('2023-01-16') };

const withColumns = (columns: MessagesOptions['columns']): MessagesOptions => ({
  table: 'events',
  columns: { channel: null, ...columns },
});

describe('the advice on indexes', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      create table events (id bigint, room integer, payload jsonb, sent timestamp, create_at bigint, created_at timestamptz,
        organization_id text, session_id text)`);
  });
  afterAll(() => database.drop());

  it.each<[string, MessagesOptions, string[]]>([
    [
      'on SQL',
      withColumns({ channel: { sql: `payload->>'channel'` } }),
      [
        'CREATE INDEX CONCURRENTLY "events_organization_id_created_at_report" ON "events" ("organization_id", "created_at", "id");',
        `CREATE INDEX CONCURRENTLY "events_organization_id_payload_channel_created_at_report" ON "events" ("organization_id", (payload->>'channel'), "created_at", "id");`,
      ],
    ],
    [
      'on SQL that makes a time of a number',
      withColumns({ createdAt: { sql: 'to_timestamp(create_at / 1000.0)' } }),
      [
        'CREATE INDEX CONCURRENTLY "events_organization_id_to_timestamp_create_at_1000_0_report" ON "events" ("organization_id", (to_timestamp(create_at / 1000.0)), "id");',
      ],
    ],
    [
      'on numbers',
      withColumns({ createdAt: { column: 'create_at', epoch: 'ms' } }),
      [
        'CREATE INDEX CONCURRENTLY "events_organization_id_create_at_report" ON "events" ("organization_id", "create_at", "id");',
      ],
    ],
    [
      'on local times',
      withColumns({ createdAt: { column: 'sent', timeZone: 'Europe/Berlin' } }),
      [
        `CREATE INDEX CONCURRENTLY "events_organization_id_sent_at_time_zone_Europe_Berlin_report" ON "events" ("organization_id", ("sent" at time zone 'Europe/Berlin'), "id");`,
      ],
    ],
    [
      'on messages of one organization',
      withColumns({ organization: { value: 'acme' }, channel: 'room' }),
      [
        'CREATE INDEX CONCURRENTLY "events_created_at_report" ON "events" ("created_at", "id");',
        'CREATE INDEX CONCURRENTLY "events_room_created_at_report" ON "events" ("room", "created_at", "id");',
      ],
    ],
  ])('%s is there until it is followed, and reports use the indexes', async (_name, messages, statements) => {
    const { dataSource } = database;
    const before = await inspectMessages(dataSource, messages);
    expect(before.indexes.map(({ statement }) => statement)).toEqual(statements);
    for (const statement of statements) await dataSource.query(statement);
    const after = await inspectMessages(dataSource, messages);
    expect(after.warnings).toEqual([]);
    await dataSource.query(`
      insert into events (id, organization_id, session_id, room, payload, sent, create_at, created_at)
      select i, '1', '1', 1, '{"channel": "1"}', timestamp '2023-01-01' + i * interval '1 minute',
        1672531200000 + i * 60000, timestamptz '2023-01-01' + i * interval '1 minute'
      from generate_series(1, 20000) i; analyze events`);
    const { service, dataSource: read, close } = await openAvailability(database.url, { messages });
    const { organization = '' } = messages.columns!;
    const organizationId = typeof organization === 'object' && 'value' in organization ? organization.value : '1';
    for (const [place, channel] of [undefined, '1'].slice(0, statements.length).entries()) {
      const sent = await statementsOf(read, () => service.report({ organizationId, channel, ...DAY }));
      const executed = nodesOf(await explain(read, sent.at(-1)!)).filter((node) => node['Actual Loops'] > 0);
      const used = executed.filter((node) => node['Relation Name'] !== undefined).map((node) => node['Index Name']);
      expect(new Set(used)).toEqual(new Set(after.indexes[place]!.found));
    }
    await close();
    await dataSource.query(`truncate events`);
    for (const { found } of after.indexes) await dataSource.query(`drop index "${found[0]}"`);
  });

  it('uses other names for indexes whose names would be too long', async () => {
    const table = 'messages_of_the_chat_on_the_page_of_the_shop_in_germany';
    await database.dataSource.query(`
      create table ${table} (id integer, organization_id text, channel text, session_id text, created_at timestamptz)`);
    const { indexes } = await inspectMessages(database.dataSource, { table });
    for (const { statement } of indexes) await database.dataSource.query(statement!);
    expect((await inspectMessages(database.dataSource, { table })).indexes.map(({ found }) => found)).toEqual(
      indexes.map(({ statement }) => [/"(.*?)"/.exec(statement!)![1]]),
    );
  });

  it('has a decorator that keeps the index from being dropped by synchronize', async () => {
    const messages: MessagesOptions = { table: 'chat', columns: { channel: { sql: `payload->>'channel'` } } };
    await database.dataSource
      .query(`create table chat (id integer primary key, organization_id text not null, session_id text not null,
      created_at timestamptz not null, payload jsonb not null)`);
    const { indexes } = await inspectMessages(database.dataSource, messages);
    for (const { statement } of indexes) await database.dataSource.query(statement!);
    expect(indexes.map(({ decorator }) => decorator)).toEqual([
      `@Index('chat_organization_id_created_at_report', { synchronize: false })`,
      `@Index('chat_organization_id_payload_channel_created_at_report', { synchronize: false })`,
    ]);

    @Entity('chat')
    @Index('chat_organization_id_payload_channel_created_at_report', { synchronize: false })
    class Chat {
      @PrimaryColumn('integer') id!: number;
      @Column('text', { name: 'organization_id' }) organizationId!: string;
      @Column('text', { name: 'session_id' }) sessionId!: string;
      @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
      @Column('jsonb') payload!: object;
    }
    const synchronized = new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [Chat],
      synchronize: true,
    });
    await (await synchronized.initialize()).destroy();
    expect((await inspectMessages(database.dataSource, messages)).indexes.map(({ found }) => found)).toEqual([
      [],
      ['chat_organization_id_payload_channel_created_at_report'],
    ]);
  });
});
