import { migrate } from '../../src/database/data-source';
import { partitionByMonth } from '../../src/database/partition';
import { MessageImporter } from '../../src/import/message-importer';
import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { executeOn, urlOfDatabase } from '../support/server';

const NOW = new Date('2023-02-15T12:00:00Z');
const DAY = { startDate: '2023-01-15', endDate: '2023-01-15' };

/**
 * What the product asks of Citus, for a database without it: the names and answers are those of Citus 13.
 * `npm run check:citus` tests all of it on a real cluster.
 */
const CITUS = `
  create table pg_dist_partition (logicalrelid regclass primary key, partkey text, colocated_with text, was_attached boolean);
  create function create_distributed_table(relation regclass, distribution_column text, colocate_with text default 'default')
  returns void language sql as $$
    insert into pg_dist_partition
    select oid, distribution_column, colocate_with, relispartition from pg_class where oid = relation
  $$`;

describe('a database with Citus', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-15T10:00:00Z' }, { at: '2023-02-15T10:00:00Z' }]);
  });
  afterEach(() => database.drop());

  const run = <Row>(statement: string) => database.dataSource.query<Row[]>(statement);

  it('has the parent and each month distributed like the messages before they are attached', async () => {
    await run(CITUS);
    await run(`select create_distributed_table('messages', 'organization_id')`);
    await partitionByMonth(database.url, 1, NOW);
    const distributed = () =>
      run(
        `select logicalrelid::text as table, partkey, colocated_with, was_attached from pg_dist_partition order by 1`,
      );
    const like = (table: string) => ({
      table,
      partkey: 'organization_id',
      colocated_with: 'messages_default',
      was_attached: false,
    });
    expect(await distributed()).toEqual([
      like('messages'),
      like('messages_2023_01'),
      like('messages_2023_02'),
      like('messages_2023_03'),
      { ...like('messages_default'), colocated_with: 'default' },
    ]);
    // The next run prepares one more month.
    await partitionByMonth(database.url, 2, NOW);
    expect(await distributed()).toContainEqual(like('messages_2023_04'));
  });

  it('has nothing distributed if the messages are on the coordinator alone', async () => {
    await run(CITUS);
    await partitionByMonth(database.url, 1, NOW);
    expect(await run('select from pg_dist_partition')).toEqual([]);
  });

  it('is refused as a worker, before anything is created there', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_worker`;
    const url = urlOfDatabase(process.env.TEST_DATABASE_URL!, name);
    await executeOn(process.env.TEST_DATABASE_URL!, `create database ${name}`);
    try {
      await executeOn(url, 'create function citus_is_coordinator() returns boolean return false');
      await expect(migrate(url)).rejects.toThrow(
        'DATABASE_URL names a worker of a Citus cluster. It must name the coordinator',
      );
      await executeOn(
        url,
        `do $$ begin assert not exists (select from pg_class where relnamespace = 'public'::regnamespace); end $$`,
      );
      await executeOn(url, 'create or replace function citus_is_coordinator() returns boolean return true');
      expect(await migrate(url)).not.toEqual([]);
    } finally {
      await executeOn(process.env.TEST_DATABASE_URL!, `drop database ${name} with (force)`);
    }
  });

  it('imports messages that are there already, which it reports as an internal error', async () => {
    // If a statement does not skip duplicates, the error of a worker arrives with the code XX000.
    await run(`
      create function report_duplicate() returns trigger language plpgsql as $$
      begin
        if current_query() !~ 'on conflict' and exists (
          select from messages m where (m.organization_id, m.created_at, m.id) = (new.organization_id, new.created_at, new.id)
        ) then
          raise exception 'duplicate key value violates unique constraint "messages_pkey_102008"' using errcode = 'XX000';
        end if;
        return new;
      end $$;
      create trigger report_duplicate before insert on messages for each row execute function report_duplicate()`);
    const importer = new MessageImporter(database.dataSource);
    const row = (createdAtMs: number) => ({ organizationId: '123456', channel: 'web', sessionId: 's', createdAtMs });
    const [first, second] = [row(Date.parse('2023-03-01T00:00:00Z')), row(Date.parse('2023-03-01T00:01:00Z'))];
    expect(await importer.import([first])).toMatchObject({ read: 1, added: 1 });
    expect(await importer.import([first, second])).toMatchObject({ read: 2, added: 1 });
  });
});

describe('a worker that does not answer', () => {
  const STUCK = ['stuck-1', 'stuck-2', 'stuck-3', 'stuck-4', 'stuck-5'];
  /** A third of the ten connections. */
  const SHARE = 3;
  let database: TestDatabase;
  let backend: Backend;

  beforeAll(async () => {
    database = await TestDatabase.create();
    // Only statements for one of these organizations wait.
    const branches = STUCK.map((name) => `union all select '${name}', channel, session_id, created_at, id from wait()`);
    await database.dataSource.query(`
      alter table messages rename to stored;
      create function wait() returns setof stored language plpgsql as $$ begin perform pg_sleep(600); end $$;
      create view messages as
        select organization_id, channel, session_id, created_at, id from stored ${branches.join(' ')}`);
    backend = await Backend.start({
      databaseUrl: database.url,
      connections: { statementTimeoutMs: 1_000 },
      limits: { concurrency: SHARE },
    });
  });
  afterAll(async () => {
    await backend.close();
    await database.drop();
  });

  const ask = (organizationId: string) =>
    backend.report(DAY, {
      organizationId,
      authorization: `Bearer ${token({ sub: `reader of ${organizationId}`, org_id: organizationId })}`,
    });

  async function waiting(): Promise<number> {
    const [{ count }] = await database.dataSource.query<[{ count: number }]>(
      `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
    );
    return count;
  }

  it('holds up its organizations together no more than one busy organization', async () => {
    // None of the organizations is known to be slow yet.
    const first = await Promise.all(STUCK.map(ask));
    expect(first.map(({ status }) => status)).toEqual(STUCK.map(() => 503));
    const stuck = STUCK.flatMap((name) => Array.from({ length: 4 }, () => ask(name)));
    await eventually(async () => expect(await waiting()).toBe(SHARE));
    const others = await Promise.all(Array.from({ length: 10 }, () => backend.report(DAY)));
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
    expect(await waiting()).toBeLessThanOrEqual(SHARE);
    for (const { status } of await Promise.all(stuck)) expect([429, 503]).toContain(status);
  });
});
