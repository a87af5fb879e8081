import type { DataSource, EntityManager } from 'typeorm';
import { PARTITION_LOCK, withAdvisoryLock } from './advisory-lock';
import { distributeAs, isDistributed } from './citus';
import { withDataSource } from './data-source';
import { LOCK_TIMEOUT, retryLocks } from './lock-retry';
import { checkConvertible, convert, isPartitioned } from './partition-conversion';
import { keepStoredDays, pauseSealing } from './partition-rollups';

/** More partitions are a sign of wrong times, and slow every report down. */
const MAXIMUM_PARTITIONS = 240;

/** The changes that partitioning made. */
export interface PartitionResult {
  /** Whether an unpartitioned table was converted. */
  isConverted: boolean;
  /** Names of the new partitions, such as `messages_2023_01` for January 2023 in UTC. */
  created: string[];
}

/**
 * Partitions the messages table by month, in UTC. Messages of months without a partition are in `messages_default`.
 *
 * Creates partitions for the current month, for the months ahead, and for every month with messages in the default
 * partition, and moves those messages. Writers wait while a month is moved; reports wait only for a moment at the end
 * of each move. It can be run again at any time, and must be before the partitions created in advance run out.
 *
 * @param aheadMonths number of months after the current one to create partitions for
 * @param isForced whether to create more than 240 partitions
 * @throws Error before anything is changed, if there would be more, or if the table has what partitioning would not keep
 */
export async function partitionByMonth(
  url: string,
  aheadMonths: number,
  now = new Date(),
  isForced = false,
): Promise<PartitionResult> {
  return withDataSource(url, (dataSource) =>
    withAdvisoryLock(dataSource, PARTITION_LOCK, async () => {
      const isConverted = !(await isPartitioned(dataSource));
      if (isConverted) await checkConvertible(dataSource);
      const unpartitioned = isConverted ? 'messages' : 'messages_default';
      const months = await dataSource.query<Month[]>(missingMonths(unpartitioned), [now.toISOString(), aheadMonths]);
      if (!isForced) checkNumber(months);
      if (isConverted) await changeTables(dataSource, convert);
      for (const month of months) await changeTables(dataSource, (manager) => createMonth(manager, month));
      // Updates the statistics, and frees the space of the messages that moved.
      await dataSource.query('vacuum (analyze) messages');
      return { isConverted, created: months.map(({ partition }) => partition) };
    }),
  );
}

interface Month {
  partition: string;
  /** First instant of the month. */
  start: string;
  /** First instant of the next month. */
  end: string;
  /** Quoted name of the role that owns the messages table. */
  owner: string;
}

/**
 * $1 now, $2 number of months ahead. Scans the table, since no index begins with the time. Infinite times and those outside
 * of the years 1 to 9999 have no month with a name; they stay in the default partition.
 */
function missingMonths(unpartitioned: 'messages' | 'messages_default'): string {
  return `
  with wanted as (
    select distinct date_trunc('month', created_at at time zone 'UTC') as month
    from ${unpartitioned}
    where created_at >= '0001-01-01T00:00:00Z' and created_at < '10000-01-01T00:00:00Z'
    union
    select date_trunc('month', $1::timestamptz at time zone 'UTC') + n * interval '1 month'
    from generate_series(0, $2::int) n
  )
  select
    to_char(month, '"messages_"YYYY_MM') as partition,
    to_char(month, 'YYYY-MM-DD"T00:00:00Z"') as start,
    to_char(month + interval '1 month', 'YYYY-MM-DD"T00:00:00Z"') as end,
    (select relowner::regrole::text from pg_class where oid = 'messages'::regclass) as owner
  from wanted
  where to_regclass(to_char(month, '"messages_"YYYY_MM')) is null
  order by month`;
}

function checkNumber(months: Month[]): void {
  if (months.length <= MAXIMUM_PARTITIONS) return;
  const [first, last] = [months[0]!.partition, months.at(-1)!.partition];
  throw new Error(
    `${months.length} partitions would be created, from ${first} to ${last}; more than ${MAXIMUM_PARTITIONS} slow every report down. Check for messages with a wrong created_at, or add --force`,
  );
}

async function changeTables(dataSource: DataSource, work: (manager: EntityManager) => Promise<void>): Promise<void> {
  await retryLocks(() =>
    dataSource.transaction(async (manager) => {
      await manager.query(`set local ${LOCK_TIMEOUT}; set local jit = off`);
      await work(manager);
    }),
  );
}

async function createMonth(manager: EntityManager, { partition, start, end, owner }: Month): Promise<void> {
  await pauseSealing(manager);
  // Blocks writers but not readers: a message of this month in the default partition would make attaching fail.
  await manager.query('lock table messages in share row exclusive mode');
  // Fails before the messages are moved instead of after it if a long transaction keeps the partition from being attached.
  await manager.query(`
    savepoint before_lock;
    lock table only messages, only messages_default in access exclusive mode;
    rollback to savepoint before_lock`);
  await manager.query(`create table ${partition} (like messages including all excluding indexes)`);
  await manager.query(`alter table ${partition} owner to ${owner}`);
  if (await isDistributed(manager, 'messages_default')) await distributeAs(manager, 'messages_default', partition);
  await manager.query(
    `with moved as (delete from messages_default where created_at >= $1 and created_at < $2 returning *)
     insert into ${partition} select * from moved order by organization_id, created_at, id`,
    [start, end],
  );
  // A report in a snapshot from before would look for the messages in the new partition, and not see them there.
  await manager.query('lock table only messages in access exclusive mode');
  await manager.query(`alter table messages attach partition ${partition} for values from ('${start}') to ('${end}')`);
  await keepStoredDays(manager, partition);
}
