import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { run } from './run.mjs';
import { checkServer, environment, expectUnavailable } from './server.mjs';

const APPLICATION = join(import.meta.dirname, 'without-typeorm');

/** Only migrations need this program of Prisma. Named, it is not downloaded. */
const PRISMA = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };

/** Checks the package in an application without TypeORM, whose modules reach the database each in another way. */
export async function checkWithoutTypeOrm(work, tarball, database) {
  const folder = join(work, 'without-typeorm');
  const env = environment(database);
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', tarball];
  cpSync(APPLICATION, folder, { recursive: true });
  const isInstalled = await check('without TypeORM: installs', async () => {
    await run(folder, 'npm', install);
    if (existsSync(join(folder, 'node_modules/typeorm'))) throw new Error('TypeORM has been installed');
  });
  if (!isInstalled) return;
  await check('without TypeORM: compiles', async () => {
    await run(folder, 'npx', ['prisma', 'generate'], PRISMA);
    await run(folder, 'npx', ['tsc', '-p', '.']);
  });
  await check('without TypeORM: has types that need none of it', () =>
    run(folder, 'npx', ['tsc', '-p', 'tsconfig.types.json']),
  );
  for (const file of readdirSync(join(APPLICATION, 'src')).filter((name) => name.endsWith('.module.ts'))) {
    const command = ['dist/main.js', file.replace(/\.ts$/, '')];
    await check(`without TypeORM: ${file} serves reports, and 503 when its connection is ended`, () =>
      checkServer(folder, command, env, (url) => expectUnavailable(url, database)),
    );
  }
}
