import { inspectMessages, MessageTableError, type MessagesOptions } from '@chat-reports/nestjs';
import { DataSource } from 'typeorm';
import { openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { explain, nodesOf, statementsOf } from '../support/plan';

const DAY = { start: new Date('2023-01-15'), end: new Date('2023-01-16') };

describe('messages that are no plain table', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create table events (id bigint, room integer, nick text collate caseless, payload jsonb, sent timestamp, seconds integer,
        create_at bigint, ratio float8, created_at timestamptz, organization_id text, session_id text);
      create table rooms (id integer, team integer)`);
  });
  afterAll(() => database.drop());

  const WITHOUT_CHANNEL: MessagesOptions = { table: 'events', columns: { channel: null } };
  const withColumns = (columns: MessagesOptions['columns']) => ({
    ...WITHOUT_CHANNEL,
    columns: { ...WITHOUT_CHANNEL.columns, ...columns },
  });

  it.each<[string, MessagesOptions, string]>([
    [
      'SQL that the database rejects',
      withColumns({ session: { sql: 'payload->thread' } }),
      'messages.columns.session cannot be used: column "thread" does not exist',
    ],
    [
      'SQL of the wrong type',
      withColumns({ channel: { sql: `payload->'channel'` } }),
      `the SQL payload->'channel' for messages.columns.channel is of type jsonb; it can be smallint,`,
    ],
    [
      'SQL whose collation takes other names for the same',
      withColumns({ organization: { sql: 'coalesce(nick, nick)' } }),
      'the SQL coalesce(nick, nick) for messages.columns.organization has the nondeterministic collation "caseless"',
    ],
    [
      'numbers for a time',
      withColumns({ createdAt: 'create_at' }),
      'the column "create_at" for messages.columns.createdAt is of type bigint; it can be timestamptz or timestamp, or have an epoch',
    ],
    [
      'an epoch in floating-point numbers',
      withColumns({ createdAt: { column: 'ratio', epoch: 's' } }),
      'is of type double precision; with an epoch, it can be integer, bigint, numeric',
    ],
    [
      'an epoch in another unit',
      withColumns({ createdAt: { column: 'create_at', epoch: 'us' as 'ms' } }),
      'messages.columns.createdAt.epoch must be ms or s',
    ],
    [
      'an epoch and a time zone',
      withColumns({ createdAt: { column: 'create_at', epoch: 'ms', timeZone: 'UTC' } as never }),
      'messages.columns.createdAt takes either an epoch or a timeZone',
    ],
    [
      'a time zone for instants',
      withColumns({ createdAt: { column: 'created_at', timeZone: 'Europe/Berlin' } }),
      'is of type timestamp with time zone; only a timestamp can have a timeZone',
    ],
    [
      'a time zone that the database does not know',
      withColumns({ createdAt: { column: 'sent', timeZone: 'Europe/Bonn' } }),
      'messages.columns.createdAt.timeZone cannot be used: time zone "Europe/Bonn" not recognized',
    ],
    [
      'a join that the database rejects',
      { from: 'events e join rom r on true' },
      'messages.from cannot be used: relation "rom" does not exist',
    ],
    [
      'a column of both sides of a join',
      { from: 'events e join rooms r on r.id = e.room', columns: { channel: null } },
      'messages.columns.id cannot be used: column reference "id" is ambiguous',
    ],
    [
      'a join and a table',
      { from: 'events e', table: 'events' },
      'messages.from replaces messages.table and messages.schema: give it without them',
    ],
  ])('stops the boot with %s', async (_name, messages, message) => {
    const error: unknown = await inspectMessages(database.dataSource, messages).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MessageTableError);
    expect((error as Error).message).toContain(message);
  });

  describe('of one organization', () => {
    const messages = withColumns({ organization: { value: 'acme' } });

    it('are those of that organization only, and are not read for another', async () => {
      const { dataSource } = database;
      await dataSource.query(`
        insert into events (id, session_id, created_at)
        values (1, 's1', '2023-01-15 10:00Z'), (2, 's2', '2023-01-15 11:00Z')`);
      const { service, dataSource: read, close } = await openAvailability(database.url, { messages });
      expect((await service.report({ organizationId: 'acme', ...DAY })).downtimes).toEqual([
        expect.objectContaining({ sessionId: 's1', durationMs: 58 * 60_000 }),
      ]);
      const questions = [
        () => service.report({ organizationId: 'acme2', ...DAY, edges: 'count' }),
        () => service.breakdown({ organizationId: 'acme2', ...DAY }),
        () => service.current({ organizationId: 'acme2' }),
      ];
      for (const question of questions) {
        const [sent] = (await statementsOf(read, question)).slice(-1);
        const nodes = nodesOf(await explain(read, sent!));
        expect(nodes.filter((node) => node['Relation Name'] !== undefined && node['Actual Loops'] > 0)).toEqual([]);
      }
      expect((await service.report({ organizationId: 'acme2', ...DAY })).downtimes).toEqual([]);
      expect(await service.current({ organizationId: 'acme2' })).toMatchObject({ state: 'no_data' });
      await close();
      await dataSource.query('truncate events');
    });
  });

  describe('with numbers of seconds', () => {
    it.each([
      [120_000, '2023-01-15T00:00:00.001Z', []],
      [119_999, '2023-01-15T00:00:00.001Z', ['b 1']],
      [119_999, '2023-01-14T23:59:59.999Z', ['a 1001', 'b 1']],
    ])('have gaps of more than %d ms from %s', async (thresholdMs, start, expected) => {
      const second = Date.parse('2023-01-15') / 1000;
      await database.dataSource.query(
        `insert into events (id, organization_id, session_id, seconds)
         values (1, '1', 'a', $1), (2, '1', 'b', $1 + 121), (3, '1', 'c', $1 + 241), (4, '1', 'd', $1 + 86400)`,
        [second],
      );
      const messages = withColumns({ createdAt: { column: 'seconds', epoch: 's' } });
      const { service, close } = await openAvailability(database.url, { messages, downtimeThreshold: thresholdMs });
      const { downtimes } = await service.report({
        organizationId: '1',
        start: new Date(start),
        end: new Date('2023-01-15T23:59:59.999Z'),
      });
      expect(downtimes.map(({ sessionId, durationMs }) => `${sessionId} ${durationMs}`)).toEqual(expected);
      await close();
      await database.dataSource.query('truncate events');
    });
  });

  describe('in the local time of Berlin', () => {
    const messages = withColumns({ createdAt: { column: 'sent', timeZone: 'Europe/Berlin' } });
    const downtimesOf = async (...times: string[]) => {
      await database.dataSource.query(
        `insert into events (id, organization_id, session_id, sent)
         select number, '1', number::text, at::timestamp from unnest($1::text[]) with ordinality times (at, number)`,
        [times],
      );
      const { service, close } = await openAvailability(database.url, { messages });
      const year = { start: new Date('2023-01-01'), end: new Date('2024-01-01') };
      const { downtimes } = await service.report({ organizationId: '1', ...year });
      await close();
      await database.dataSource.query('truncate events');
      return downtimes.map(({ start, end }) => `${start.toISOString()} to ${end.toISOString()}`);
    };

    it('have no gap when clocks are put forward', async () => {
      expect(await downtimesOf('2023-03-26 01:59:30', '2023-03-26 03:00:30')).toEqual([]);
    });

    it('belong to the second occurrence of an hour when clocks are put back, with a gap in place of the first', async () => {
      expect(await downtimesOf('2023-10-29 01:59:00', '2023-10-29 02:00:00', '2023-10-29 03:00:00')).toEqual([
        '2023-10-29T00:01:00.000Z to 2023-10-29T01:00:00.000Z',
        '2023-10-29T01:02:00.000Z to 2023-10-29T02:00:00.000Z',
      ]);
    });
  });

  it.each(['sent', 'created_at'])('are cut off to the millisecond, as in %s', async (createdAt) => {
    const days = ['1969-12-31', '2023-01-15', '9998-12-31'];
    await database.dataSource.query(
      `insert into events (id, organization_id, session_id, ${createdAt})
       select row_number() over (), '1', 's', (day || time)::timestamp at time zone 'UTC' at time zone current_setting('TimeZone')
       from unnest($1::text[]) day, unnest($2::text[]) time`,
      [days, [' 10:00:00.000999', ' 10:05:00.999999']],
    );
    const { service, close } = await openAvailability(database.url, { messages: withColumns({ createdAt }) });
    for (const day of days) {
      const range = { start: new Date(`${day}T00:00Z`), end: new Date(`${day}T23:59Z`) };
      const { downtimes } = await service.report({ organizationId: '1', ...range });
      expect(downtimes.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual([
        [`${day}T10:02:00.000Z`, `${day}T10:05:00.999Z`],
      ]);
    }
    await close();
    await database.dataSource.query('truncate events');
  });

  it('in a schema of each tenant are read from that schema only', async () => {
    const names = ['a', 'b'];
    for (const name of names) {
      await database.dataSource.query(`
        create schema tenant_${name};
        create table tenant_${name}.messages (id integer, session_id text, created_at timestamptz);
        create index messages_of_${name} on tenant_${name}.messages (created_at, id);
        insert into tenant_${name}.messages
        select i, '${name}' || i, timestamptz '2023-01-15' + i * interval '3 minutes' from generate_series(0, 5000) i;
        analyze tenant_${name}.messages`);
    }
    const tenants = names.map((name) => `select '${name}' as organization_id, * from tenant_${name}.messages`);
    const messages = { from: `(${tenants.join(' union all ')}) messages`, columns: { channel: null } };
    const { service, dataSource, close } = await openAvailability(database.url, { messages });
    const report = () => service.report({ organizationId: 'b', ...DAY });
    expect((await report()).downtimes.map(({ sessionId }) => sessionId)).toEqual(
      Array.from({ length: 480 }, (_, place) => `b${place}`),
    );
    const nodes = nodesOf(await explain(dataSource, (await statementsOf(dataSource, report)).at(-1)!));
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    const indexes = nodes.flatMap((node) => node['Index Name'] ?? []);
    expect(new Set(indexes)).toEqual(new Set(['messages_of_b']));
    await close();
  });

  describe('in a timestamp column', () => {
    const warningsOf = async (columns: MessagesOptions['columns'], zone: string) => {
      const options = { type: 'postgres', url: database.url, extra: { options: `-c timezone=${zone}` } } as const;
      const dataSource = await new DataSource(options).initialize();
      const { warnings } = await inspectMessages(dataSource, withColumns(columns));
      await dataSource.destroy();
      return warnings.filter((warning) => !warning.includes('has no index'));
    };

    it.each(['Europe/London', 'America/New_York'])('have a warning if the session is in %s', async (zone) => {
      const fix = (timeZone: string) => `{ column: 'sent', timeZone: '${timeZone}' }`;
      expect(await warningsOf({ createdAt: 'sent' }, zone)).toEqual([
        `The times of sent have no time zone and are read as UTC, but the time zone of this database session is ${zone}. ` +
          `If they are local times, set messages.columns.createdAt to ${fix(zone)}; if they are in UTC, to ${fix('UTC')}`,
      ]);
    });

    it('have a warning with a fix for columns in SQL', async () => {
      const column = { sql: `sent + interval '1 s'` };
      const [warning] = await warningsOf({ createdAt: column }, 'Asia/Tokyo');
      expect(warning).toContain(`{ column: { sql: "${column.sql}" }, timeZone: 'Asia/Tokyo' }`);
      expect(await warningsOf({ createdAt: { column, timeZone: 'Asia/Tokyo' } }, 'Asia/Tokyo')).toEqual([]);
    });

    it.each<[string, MessagesOptions['columns'], string]>([
      ['in a session in UTC', { createdAt: 'sent' }, 'Etc/UTC'],
      ['that is said to be in UTC', { createdAt: { column: 'sent', timeZone: 'UTC' } }, 'Europe/Berlin'],
      ['that is said to be local', { createdAt: { column: 'sent', timeZone: 'Europe/Berlin' } }, 'Europe/Berlin'],
      ['that is a timestamptz', {}, 'Europe/Berlin'],
    ])('have none %s', async (_name, columns, zone) => {
      expect(await warningsOf(columns, zone)).toEqual([]);
    });
  });
});
