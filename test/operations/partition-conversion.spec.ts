import { Client } from 'pg';
import { migrate } from '../../src/database/data-source';
import { partitionByMonth } from '../../src/database/partition';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

const NOW = new Date('2023-02-15T12:00:00Z');

describe('partitioning the table of messages', () => {
  let database: TestDatabase;
  let roles: { owner: string; reader: string };
  let clients: Client[];

  beforeEach(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-15T10:00:00Z' }, { at: '2023-02-15T10:00:00Z' }]);
    const suffix = new URL(database.url).pathname.slice(-8);
    roles = { owner: `owner_${suffix}`, reader: `reader_${suffix}` };
    clients = [];
    await run(`create role ${roles.owner}; create role ${roles.reader}`);
  });
  afterEach(async () => {
    for (const client of clients) await client.end();
    await run(`drop owned by ${roles.owner}, ${roles.reader} cascade; drop role ${roles.owner}, ${roles.reader}`);
    await database.drop();
  });

  const run = <Row>(statement: string) => database.dataSource.query<Row[]>(statement);

  async function openClient(): Promise<Client> {
    const client = new Client(database.url);
    await client.connect();
    clients.push(client);
    return client;
  }

  it('keeps owner, privileges, comments, defaults and constraints', async () => {
    await run(`
      alter table messages alter channel set default 'web', add constraint short check (length(channel) < 100);
      comment on table messages is 'It''s chat';
      comment on column messages.channel is 'Where';
      alter table messages owner to ${roles.owner};
      grant select on messages to public;
      grant select, insert on messages to ${roles.reader} with grant option;
      grant update (channel) on messages to ${roles.reader};
      revoke delete on messages from ${roles.owner};
      alter default privileges grant truncate on tables to ${roles.reader}`);
    const definition = () =>
      run(`
        select relowner::regrole::text as owner,
          array(select acl::text from unnest(relacl) acl order by 1) as privileges,
          (select attacl from pg_attribute where attrelid = c.oid and attname = 'channel') as "columnPrivileges",
          obj_description(oid, 'pg_class') as comment,
          (select array_agg(col_description(oid, attnum) order by attnum) from pg_attribute where attrelid = c.oid and attnum > 0) as comments,
          (select array_agg(pg_get_expr(adbin, adrelid)) from pg_attrdef where adrelid = c.oid) as defaults,
          (select array_agg(pg_get_constraintdef(o.oid) order by conname) from pg_constraint o where conrelid = c.oid) as constraints
        from pg_class c where oid = 'messages'::regclass`);
    const before = await definition();
    await partitionByMonth(database.url, 0, NOW);
    expect(await definition()).toEqual(before);
    const owners = await run(
      `select distinct relowner::regrole::text as owner from pg_class where relname ~ '^messages' and relname !~ 'rollup'`,
    );
    expect(owners).toEqual([{ owner: roles.owner }]);
  });

  it('is refused, before anything is changed, if something of the table would be lost', async () => {
    await run(`
      create table notes (organization_id text, created_at timestamptz(3), id uuid,
        constraint notes_message foreign key (organization_id, created_at, id) references messages);
      create table kept () inherits (messages);
      create view web_messages as select * from messages where channel = 'web';
      create materialized view message_count as select count(*) from messages;
      create policy own_messages on messages using (organization_id = current_user);
      alter table messages enable row level security;
      create rule no_deletes as on delete to messages do instead nothing;
      create trigger touch before update on messages for each row execute function suppress_redundant_updates_trigger();
      create function first_message() returns messages language sql begin atomic select * from messages limit 1; end;
      create unique index one_id on messages (id);
      create publication all_messages for table messages`);
    await expect(partitionByMonth(database.url, 0, NOW)).rejects.toThrow(
      'The messages table has objects that partitioning would not keep: ' +
        'constraint notes_message on table notes, function first_message(), index one_id, materialized view message_count, ' +
        'policy own_messages on table messages, publication all_messages, row security, rule no_deletes on table messages, ' +
        'table kept, trigger touch on table messages, view web_messages. ' +
        'Drop them, run this again, and create them on the partitioned table',
    );
    expect(
      await run(
        `select relname from pg_class where relname ~ '^messages' and relname !~ 'rollup' and relkind in ('r', 'p')`,
      ),
    ).toEqual([{ relname: 'messages' }]);
  });

  it('is refused for more than 240 months, unless it is forced', async () => {
    await run(`
      insert into messages select 'a', 'web', 's', timestamptz '1990-01-15' + i * interval '1 month', gen_random_uuid()
      from generate_series(0, 239) i`);
    // 240 months from 1990 on, and two with messages of this test.
    await expect(partitionByMonth(database.url, 0, NOW)).rejects.toThrow(
      '242 partitions would be created, from messages_1990_01 to messages_2023_02; more than 240 slow every report down. ' +
        'Check for messages with a wrong created_at, or add --force',
    );
    expect((await partitionByMonth(database.url, 0, NOW, true)).created).toHaveLength(242);
  });

  it('makes no reader wait for a long transaction', async () => {
    const [dump, reader] = [await openClient(), await openClient()];
    await dump.query('begin; select from messages');
    const partitioning = partitionByMonth(database.url, 0, NOW);
    const waiting = `select from pg_locks where not granted and relation = 'messages'::regclass`;
    await eventually(async () => expect(await run(waiting)).toHaveLength(1));
    // Waits behind the partitioning, which gives way.
    expect((await reader.query('select from messages')).rowCount).toBe(2);
    await dump.query('commit');
    expect(await partitioning).toMatchObject({ isConverted: true });
  });

  it('is like a migration in that it makes nobody wait', async () => {
    await run(`drop table api_keys; delete from migrations where name like '%ApiKeys%'`);
    const [other, reader] = [await openClient(), await openClient()];
    await other.query('begin; lock table migrations in share mode');
    const migrating = migrate(database.url);
    const waiting = `select from pg_locks where not granted and relation = 'migrations'::regclass`;
    await eventually(async () => expect(await run(waiting)).toHaveLength(1));
    await reader.query('begin; lock table migrations in share mode; commit');
    await other.query('commit');
    expect(await migrating).toEqual([expect.stringContaining('ApiKeys')]);
  });
});
