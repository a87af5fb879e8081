import { Message } from './message.entity';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ApiKey } from '../api-keys/api-key.entity';
import { CreateMessages1700000000000 } from './migrations/1700000000000-create-messages';
import { CreateApiKeys1764000000000 } from './migrations/1764000000000-create-api-keys';

/** Time to wait for a connection, a new one or a free one of the pool, before the database counts as away. */
const CONNECTION_TIMEOUT_MS = 2_000;

/** Time the server gets to stop a statement itself before the client gives it up. */
const CANCEL_GRACE_MS = 1_000;

/** Any number, the same in every instance, that no other lock of the database uses. */
const MIGRATION_LOCK = 4_715_001;

/** What may be set of the connections to the database. */
export interface ConnectionOptions {
  /** A copy of the database that answers what only reads. */
  replicaUrl?: string;
  /** Time after which a statement is cancelled; without it, none is. */
  statementTimeoutMs?: number;
  /** The most connections at once, to the database and as many to its replica. Default 10. */
  poolSize?: number;
}

/** How the host talks to its database. */
export function dataSourceOptions(
  url: string,
  { replicaUrl, statementTimeoutMs, poolSize = 10 }: ConnectionOptions = {},
): DataSourceOptions {
  return {
    type: 'postgres',
    ...(replicaUrl === undefined ? { url } : { replication: { master: { url }, slaves: [{ url: replicaUrl }] } }),
    applicationName: 'chat-reports',
    entities: [Message, ApiKey],
    migrations: [CreateMessages1700000000000, CreateApiKeys1764000000000],
    connectTimeoutMS: CONNECTION_TIMEOUT_MS,
    poolSize,
    extra: statementTimeoutMs === undefined ? {} : statementLimits(statementTimeoutMs),
  };
}

/** Lends a connection to the database, without limits on how long a statement may take. */
export async function withDataSource<Result>(
  url: string,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Brings the schema up to date. Several instances may start at once: one works, the others wait for it.
 *
 * @returns the names of the migrations that were applied
 */
export async function migrate(url: string): Promise<string[]> {
  return withDataSource(url, async (dataSource) => {
    const lock = dataSource.createQueryRunner();
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      return (await dataSource.runMigrations({ transaction: 'all' })).map(({ name }) => name);
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  });
}

/** The server cancels a slow statement; should the server be silent, the client gives up a moment later. */
function statementLimits(timeoutMs: number) {
  return { statement_timeout: timeoutMs, query_timeout: timeoutMs + CANCEL_GRACE_MS };
}
