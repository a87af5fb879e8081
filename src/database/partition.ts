import type { DataSource, EntityManager } from 'typeorm';
import { withDataSource } from './data-source';

/** Any number, the same in every instance, that no other lock of the database uses. */
const PARTITION_LOCK = 4_715_004;

/** What partitioning did. */
export interface PartitionResult {
  /** Whether the table was not partitioned before. */
  isConverted: boolean;
  /** The partitions that were made, `messages_2023_01` for January 2023 in UTC. */
  created: string[];
}

/**
 * Keeps the messages of each month in a partition of their own, those of other months in `messages_default`.
 *
 * Makes the partitions of the coming months, and of every month that has messages in the default partition, to which
 * they move. Reports go on meanwhile but for a moment at the end of each month's move, and writers wait for that move.
 * May be run again at any time, and is, before the months made in advance are over.
 *
 * @param aheadMonths how many months after the current one get a partition in advance
 */
export async function partitionByMonth(url: string, aheadMonths: number, now = new Date()): Promise<PartitionResult> {
  return withDataSource(url, async (dataSource) => {
    const lock = dataSource.createQueryRunner();
    await lock.query('select pg_advisory_lock($1)', [PARTITION_LOCK]);
    try {
      const isConverted = await convert(dataSource);
      const created = await createMonths(dataSource, aheadMonths, now);
      // Fresh statistics, and no room is kept for what has moved.
      await dataSource.query('vacuum (analyze) messages');
      return { isConverted, created };
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [PARTITION_LOCK]);
      await lock.release();
    }
  });
}

/** Makes the table as it is the default partition of a new one, which copies nothing: its indexes serve there as well. */
async function convert(dataSource: DataSource): Promise<boolean> {
  const [{ partitioned }] = await dataSource.query<[{ partitioned: boolean }]>(
    `select relkind = 'p' as partitioned from pg_class where oid = 'messages'::regclass`,
  );
  if (partitioned) return false;
  await dataSource.transaction(async (manager) => {
    await manager.query('alter table messages rename to messages_default');
    await manager.query('alter index messages_pkey rename to messages_default_pkey');
    await manager.query('alter index messages_by_channel rename to messages_default_by_channel');
    await manager.query(`
      create table messages (
        like messages_default,
        constraint messages_pkey primary key (organization_id, created_at, id)
      ) partition by range (created_at)`);
    await manager.query(`
      create index messages_by_channel on messages (organization_id, channel, created_at, id)`);
    await manager.query('alter table messages attach partition messages_default default');
  });
  return true;
}

async function createMonths(dataSource: DataSource, aheadMonths: number, now: Date): Promise<string[]> {
  const created: string[] = [];
  for (const month of await dataSource.query<Month[]>(WANTED_MONTHS, [now.toISOString(), aheadMonths])) {
    await dataSource.transaction((manager) => createMonth(manager, month));
    created.push(month.partition);
  }
  return created;
}

interface Month {
  partition: string;
  /** The first instant of the month, and of the next one. */
  start: string;
  end: string;
}

/** $1 now, $2 number of months ahead. No index begins with the time, so the default partition is read once. */
const WANTED_MONTHS = `
  with wanted as (
    select distinct date_trunc('month', created_at at time zone 'UTC') as month from messages_default
    union
    select date_trunc('month', $1::timestamptz at time zone 'UTC') + n * interval '1 month'
    from generate_series(0, $2::int) n
  )
  select
    to_char(month, '"messages_"YYYY_MM') as partition,
    to_char(month, 'YYYY-MM-DD"T00:00:00Z"') as start,
    to_char(month + interval '1 month', 'YYYY-MM-DD"T00:00:00Z"') as end
  from wanted
  where to_regclass(to_char(month, '"messages_"YYYY_MM')) is null
  order by month`;

async function createMonth(manager: EntityManager, { partition, start, end }: Month): Promise<void> {
  // Readers go on; a message written to the default partition now would be in the way of the new one.
  await manager.query('lock table messages in share row exclusive mode');
  await manager.query(`create table ${partition} (like messages)`);
  await manager.query(
    `with moved as (delete from messages_default where created_at >= $1 and created_at < $2 returning *)
     insert into ${partition} select * from moved order by organization_id, created_at, id`,
    [start, end],
  );
  await manager.query(`alter table messages attach partition ${partition} for values from ('${start}') to ('${end}')`);
}
