import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDataDirectory } from '../../src/database/data-directory';
import { EmbeddedPostgres } from '../../src/database/embedded-postgres';

declare global {
  var stopTestDatabase: () => Promise<void>;
}

/** Gives the whole run one PostgreSQL: the one at DATABASE_URL, or an embedded one in a temporary folder. */
export default async function startDatabase(): Promise<void> {
  globalThis.stopTestDatabase = () => Promise.resolve();
  if (process.env.DATABASE_URL) {
    process.env.TEST_DATABASE_URL = process.env.DATABASE_URL;
    return;
  }
  const directory = makeDataDirectory(mkdtempSync(join(tmpdir(), 'chat-reports-test-')));
  const postgres = await EmbeddedPostgres.open(directory);
  process.env.TEST_DATABASE_URL = postgres.url;
  globalThis.stopTestDatabase = async () => {
    await postgres.close();
    rmSync(directory.path, { recursive: true });
  };
}
