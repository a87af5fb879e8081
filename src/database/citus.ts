/** What differs on a cluster of Citus, which spreads tables over several servers. https://docs.citusdata.com */

import type { DataSource, EntityManager } from 'typeorm';

/**
 * Refuses a worker of a cluster: only the coordinator can change the schema. Any other PostgreSQL passes.
 *
 * @throws Error if the database is a worker
 */
export async function checkCoordinator(dataSource: DataSource): Promise<void> {
  const [{ citus }] = await dataSource.query<[{ citus: boolean }]>(
    `select to_regproc('citus_is_coordinator') is not null as citus`,
  );
  if (!citus) return;
  const [{ coordinator }] = await dataSource.query<[{ coordinator: boolean }]>(
    'select citus_is_coordinator() as coordinator',
  );
  if (coordinator) return;
  throw new Error('DATABASE_URL names a worker of a Citus cluster. It must name the coordinator');
}

/** Whether a table of the database is distributed over the workers of a cluster. */
export async function isDistributed(manager: EntityManager, table: string): Promise<boolean> {
  const [{ citus }] = await manager.query<[{ citus: boolean }]>(
    `select to_regclass('pg_dist_partition') is not null as citus`,
  );
  if (!citus) return false;
  const [{ distributed }] = await manager.query<[{ distributed: boolean }]>(
    'select exists (select from pg_dist_partition where logicalrelid = $1::regclass) as distributed',
    [table],
  );
  return distributed;
}

/** Distributes a table by organization, so that each of them is on the same worker as in the other table. */
export async function distributeAs(manager: EntityManager, other: string, table: string): Promise<void> {
  await manager.query(`select create_distributed_table($1, 'organization_id', colocate_with => $2)`, [table, other]);
}
