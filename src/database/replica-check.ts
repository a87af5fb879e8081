import type { DataSource, ReplicationMode } from 'typeorm';

/** The identifier is made when a server's files are, and a streaming replica copies it along with them. */
const IDENTITY = `
  select current_database() as database, system_identifier::text as system from pg_control_system()`;

/**
 * Checks that the replica holds the same database as the primary.
 *
 * @throws Error naming both databases if they differ
 */
export async function checkReplica(dataSource: DataSource): Promise<void> {
  if (!('replication' in dataSource.options) || dataSource.options.replication === undefined) return;
  const [primary, replica] = [await identify(dataSource, 'master'), await identify(dataSource, 'slave')];
  if (primary === replica) return;
  throw new Error(
    `DATABASE_REPLICA_URL must be a streaming replica of DATABASE_URL: it is ${replica} instead of ${primary}`,
  );
}

async function identify(dataSource: DataSource, server: ReplicationMode): Promise<string> {
  const queryRunner = dataSource.createQueryRunner(server);
  try {
    const [row] = (await queryRunner.query(IDENTITY)) as [{ database: string; system: string }];
    return `the database ${row.database} of the system ${row.system}`;
  } finally {
    await queryRunner.release();
  }
}
