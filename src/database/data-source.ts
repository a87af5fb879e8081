import { DataSource, type DataSourceOptions, MigrationExecutor } from 'typeorm';
import { ApiKey } from '../auth/api-key.entity';
import { MIGRATION_LOCK, withAdvisoryLock } from './advisory-lock';
import { checkCoordinator } from './citus';
import { LOCK_TIMEOUT, retryLocks } from './lock-retry';
import { Message } from './message.entity';
import { CreateMessages1700000000000 } from './migrations/1700000000000-create-messages';
import { CreateApiKeys1764000000000 } from './migrations/1764000000000-create-api-keys';
import { AddApiKeyScope1764100000000 } from './migrations/1764100000000-add-api-key-scope';
import { CreateSchedules1764200000000 } from './migrations/1764200000000-create-schedules';
import { CreateImports1764300000000 } from './migrations/1764300000000-create-imports';
import { CreateRollups1764400000000 } from './migrations/1764400000000-create-rollups';

/** How long a request waits for a connection, new or from the pool, before the database counts as unreachable. */
export const CONNECTION_TIMEOUT_MS = 2_000;

/** How long a start, and a command, wait for the first connection: a database that scales to zero takes some seconds to wake up. */
export const FIRST_CONNECTION_TIMEOUT_MS = 15_000;

/** How long the client waits for the server to cancel a statement after its timeout. */
const CANCEL_GRACE_MS = 1_000;

/** Node.js treats a longer time as no limit. */
const MAXIMUM_TIMER_MS = 2 ** 31 - 1;

/** Settings of the connections to the database. */
export interface ConnectionOptions {
  /** URL of a read replica, which serves statements that only read; default: none. */
  replicaUrl?: string;
  /** How far the replica may lag behind, in milliseconds; default: however far. */
  maximumReplicaLagMs?: number;
  /** Time after which a statement is canceled, in milliseconds; default: never. */
  statementTimeoutMs?: number;
  /** Maximum number of connections to the database, and of those to the replica; default 10. */
  poolSize?: number;
  /** How long to wait for a connection, new or from the pool, in milliseconds; default: as long as a request does. */
  connectionTimeoutMs?: number;
}

/** Returns TypeORM's options for the host's database. */
export function dataSourceOptions(
  url: string,
  {
    replicaUrl,
    statementTimeoutMs,
    poolSize = 10,
    connectionTimeoutMs = CONNECTION_TIMEOUT_MS,
  }: ConnectionOptions = {},
): DataSourceOptions {
  return {
    type: 'postgres',
    ...(replicaUrl === undefined ? { url } : { replication: { master: { url }, slaves: [{ url: replicaUrl }] } }),
    applicationName: 'chat-reports',
    entities: [Message, ApiKey],
    migrations: [
      CreateMessages1700000000000,
      CreateApiKeys1764000000000,
      AddApiKeyScope1764100000000,
      CreateSchedules1764200000000,
      CreateImports1764300000000,
      CreateRollups1764400000000,
    ],
    connectTimeoutMS: connectionTimeoutMs,
    poolSize,
    extra: statementTimeoutMs === undefined ? {} : { query_timeout: patienceOf(statementTimeoutMs) },
  };
}

/** Connects to the database until `work` is done, which nobody waits for as for a response. Statements have no timeout. */
export async function withDataSource<Result>(
  url: string,
  work: (dataSource: DataSource) => Promise<Result>,
  connectionTimeoutMs = FIRST_CONNECTION_TIMEOUT_MS,
): Promise<Result> {
  const dataSource = await new DataSource(dataSourceOptions(url, { connectionTimeoutMs })).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Brings the schema up to date. If several instances start at once, one of them migrates and the others wait for it.
 * Reports do not queue behind a migration that waits for a lock.
 *
 * @returns the names of the migrations that were applied
 * @throws Error before anything is changed if the database is a worker of a Citus cluster
 */
export async function migrate(url: string): Promise<string[]> {
  return withDataSource(url, async (dataSource) => {
    await checkCoordinator(dataSource);
    return withAdvisoryLock(dataSource, MIGRATION_LOCK, () => retryLocks(() => applyMigrations(dataSource)));
  });
}

async function applyMigrations(dataSource: DataSource): Promise<string[]> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await queryRunner.startTransaction();
    await queryRunner.query(`set local ${LOCK_TIMEOUT}`);
    // In the transaction that is open, so that the limit ends with it, whoever gets the connection next.
    const applied = await new MigrationExecutor(dataSource, queryRunner).executePendingMigrations();
    await queryRunner.commitTransaction();
    return applied.map(({ name }) => name);
  } catch (error) {
    await queryRunner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await queryRunner.release();
  }
}

/**
 * How long the client waits for a statement that the server should have canceled. Each transaction sets the timeout of the server
 * itself: poolers refuse it as a parameter of the connection, and would pass a setting of the session on to others.
 */
function patienceOf(statementTimeoutMs: number): number {
  return Math.min(statementTimeoutMs + CANCEL_GRACE_MS, MAXIMUM_TIMER_MS);
}
