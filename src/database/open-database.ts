import type { Environment } from '../environment';
import { makeDataDirectory } from './data-directory';
import { migrate } from './data-source';
import { EmbeddedPostgres } from './embedded-postgres';

/** A database that can be connected to until it is closed. */
export interface OpenDatabase {
  url: string;
  /** Takes the role of its one server, where there may be only one. Returns false if another process has it. */
  becomeServer(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens the database of the settings: the one at DATABASE_URL as it is, or the embedded one with its schema up to date. */
export async function openDatabase(environment: Environment): Promise<OpenDatabase> {
  if (environment.DATABASE_URL !== undefined) return externalDatabase(environment.DATABASE_URL);
  const directory = makeDataDirectory(environment.DATA_DIR);
  if (directory.isFallback) {
    console.error(`The database is in ${directory.path}: others cannot reach ${environment.DATA_DIR}`);
  }
  const embedded = await EmbeddedPostgres.open(directory);
  await migrate(embedded.url);
  return embedded;
}

function externalDatabase(url: string): OpenDatabase {
  return { url, becomeServer: () => Promise.resolve(true), close: () => Promise.resolve() };
}
