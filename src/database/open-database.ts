import { type Environment, EnvironmentError, removePostgresVariables } from '../config/environment';
import { makeDataDirectory } from '../embedded-postgres/data-directory';
import { EmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import { checkConnection, checkUrl } from './check-connection';
import { findInstalled } from '../embedded-postgres/postgres-programs';
import { FIRST_CONNECTION_TIMEOUT_MS, migrate } from './data-source';

/** A database that accepts connections until it is closed. */
export interface OpenDatabase {
  url: string;
  /** Names of the migrations that were applied on opening. */
  appliedMigrations: string[];
  /**
   * Acquires the lock that allows only one server on the embedded database. Returns false if another process holds it.
   */
  acquireServerLock(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens the database at DATABASE_URL or, without that setting, the embedded one.
 *
 * @param options `migrates` brings the schema up to date. By default only the embedded database is migrated, since
 * instances of another version may use the one at DATABASE_URL.
 * @throws Error naming DATABASE_URL if the database there is unreachable, or if the embedded PostgreSQL does not start
 */
export async function openDatabase(
  environment: Environment,
  { migrates = environment.isEmbedded } = {},
): Promise<OpenDatabase> {
  const { url, acquireServerLock, close } = await open(environment);
  try {
    return { url, appliedMigrations: migrates ? await migrate(url) : [], acquireServerLock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Describes the database at DATABASE_URL, which may be away, without connecting to it.
 *
 * @throws EnvironmentError if there is no DATABASE_URL; Error naming the setting if a URL cannot be used
 */
export function expectDatabase({ DATABASE_URL: url, DATABASE_REPLICA_URL: replicaUrl }: Environment): OpenDatabase {
  if (url === undefined) {
    throw new EnvironmentError(
      'START_WITHOUT_DATABASE=on needs DATABASE_URL: the server itself starts the embedded database',
    );
  }
  checkUrl('DATABASE_URL', url);
  if (replicaUrl !== undefined) checkUrl('DATABASE_REPLICA_URL', replicaUrl);
  return { appliedMigrations: [], ...external(url) };
}

async function open(environment: Environment): Promise<Omit<OpenDatabase, 'appliedMigrations'>> {
  if (environment.DATABASE_URL !== undefined) {
    await checkConnection('DATABASE_URL', environment.DATABASE_URL, FIRST_CONNECTION_TIMEOUT_MS);
    return external(environment.DATABASE_URL);
  }
  removePostgresVariables();
  // Without PostgreSQL, a data directory would be created for nothing, or its permissions blamed.
  await findInstalled();
  const directory = makeDataDirectory(environment.DATA_DIR);
  if (directory.isFallback) {
    const reason = `the account that runs it has no access to ${environment.DATA_DIR}`;
    console.error(`The database is stored in ${directory.path}: ${reason}`);
  }
  const embedded = await EmbeddedPostgres.open(directory);
  return {
    url: embedded.url,
    acquireServerLock: () => embedded.acquireServerLock(),
    close: () => embedded.close(),
  };
}

/** A database that others start and stop. */
function external(url: string): Omit<OpenDatabase, 'appliedMigrations'> {
  return { url, acquireServerLock: () => Promise.resolve(true), close: () => Promise.resolve() };
}
