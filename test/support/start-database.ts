import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDataDirectory } from '../../src/embedded-postgres/data-directory';
import { migrate } from '../../src/database/data-source';
import { EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres';
import { executeOn, urlOfDatabase } from './server';
import { PROJECT } from './run';

declare global {
  var stopTestDatabase: () => Promise<void>;
}

/** Settings that let data survive a crash of the machine, which is not needed here. */
const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'];

/**
 * Gives the whole run one PostgreSQL, the one at DATABASE_URL or an embedded one in a temporary folder, and in it a
 * database with the schema of the product, of which every test file gets a copy. Builds what commands and servers run.
 */
export default async function startDatabase(): Promise<void> {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: PROJECT, stdio: 'inherit' });
  const { url, stop } = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, stop: () => Promise.resolve() }
    : await startEmbedded();
  const template = `chat_reports_test_template_${randomUUID().replaceAll('-', '')}`;
  await executeOn(url, `create database ${template}`);
  await migrate(urlOfDatabase(url, template));
  process.env.TEST_DATABASE_URL = url;
  process.env.TEST_DATABASE_TEMPLATE = template;
  globalThis.stopTestDatabase = async () => {
    await executeOn(url, `drop database ${template} with (force)`);
    await stop();
  };
}

async function startEmbedded(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = makeDataDirectory(mkdtempSync(join(tmpdir(), 'chat-reports-test-')));
  const postgres = await EmbeddedPostgres.open(directory);
  for (const setting of DURABILITY) await executeOn(postgres.url, `alter system set ${setting} = off`);
  await executeOn(postgres.url, 'select pg_reload_conf()');
  const stop = async () => {
    await postgres.close();
    rmSync(directory.path, { recursive: true });
  };
  return { url: postgres.url, stop };
}
