/**
 * Checks the published package of the library: packs it, and adds it to a new application of each supported version of Nest, as
 * `nest new` makes it and as the README says. There, the tests of the new application still pass, and so do those of each folder
 * in package-check/applications, and its servers (`*.server.ts`) and scripts (`*.mjs`) run. To check one more application, add
 * a folder. Modules and tables that the guides show are checked as they stand there. The one without Passport comes first, before Passport is installed; the one without TypeORM comes last.
 *
 * The database is the PostgreSQL at DATABASE_URL; default: an embedded one. The last line counts the checks.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, summarize } from './package-check/check.mjs';
import { openDatabase } from './package-check/database.mjs';
import { checkReadme, Host, WITHOUT_PASSPORT } from './package-check/host.mjs';
import { PROJECT, run } from './package-check/run.mjs';
import { checkServer, environment } from './package-check/server.mjs';
import { checkTests } from './package-check/tests.mjs';
import { checkWithoutTypeOrm } from './package-check/without-typeorm.mjs';

/** From the oldest to the newest versions that the package supports, and how programs resolve modules that use it there. */
const HOSTS = [
  { nest: '10', typeorm: '0.3.20', validator: '0.14', config: '4', swagger: '7', consumers: ['node10'] },
  { nest: '11', typeorm: '0.3', validator: '0.15', config: '4', swagger: '11', consumers: ['node16', 'bundler'] },
  { nest: '12', typeorm: '1', validator: '0.15', config: '12', swagger: '12', consumers: ['nodenext'] },
];

const work = mkdtempSync(join(tmpdir(), 'chat-reports-package-'));
const database = await openDatabase(work);
try {
  const tarball = await pack();
  await check('the README shows what is checked here', checkReadme);
  await check('publint', () => run(PROJECT, 'npx', ['publint', '--strict', tarball]));
  await check('attw', () => run(PROJECT, 'npx', ['attw', '--no-emoji', tarball]));
  await Promise.all(HOSTS.map((options) => checkHost(new Host(work, options), tarball)));
  await checkWithoutTypeOrm(work, tarball, database);
} finally {
  await database.close();
  if (!process.argv.includes('--keep')) rmSync(work, { recursive: true });
}
process.exitCode = summarize() ? 0 : 1;

async function checkHost(host, tarball) {
  const { name, folder, options } = host;
  const env = environment(database);
  await host.create();
  if (!(await check(`${name}: installs as the README says`, () => host.install(tarball)))) return;
  host.addConsumers();
  for (const consumer of options.consumers) {
    const project = `consumers/tsconfig.${consumer}.json`;
    await check(`${name}: has types for ${consumer}`, () => run(folder, 'npx', ['tsc', '-p', project]));
  }
  host.addApplication(WITHOUT_PASSPORT);
  await checkTests(host, 'test', env, WITHOUT_PASSPORT);
  await check(`${name}: installs Passport as the README says`, () => host.installPassport());
  await check(`${name}: installs other packages afterwards`, () =>
    host.add([
      'lodash',
      `@nestjs/platform-fastify@${options.nest}`,
      `@nestjs/config@${options.config}`,
      `@nestjs/swagger@${options.swagger}`,
    ]),
  );
  host.addApplications();
  await check(`${name}: compiles`, () => run(folder, 'npx', ['tsc', '-p', '.', '--rootDir', '.', '--outDir', 'dist']));
  await checkTests(host, 'test', env);
  await checkTests(host, 'test:e2e', env);
  for (const script of host.filesOf('.mjs')) {
    await check(`${name}: ${script} runs`, () => run(folder, 'node', [`src/applications/${script}`], env));
  }
  for (const server of host.filesOf('.server.ts')) {
    const file = `dist/src/applications/${server.replace(/ts$/, 'js')}`;
    await check(`${name}: ${server} serves reports`, () => checkServer(folder, [file], env));
    await check(`${name}: ${server} serves the same whatever is global`, () =>
      checkServer(folder, [file, '--globals'], env),
    );
  }
}

/** Packs a copy, since packing builds the library anew, while a server or a test may be running the one that is built here. */
async function pack() {
  const copy = join(work, 'copy');
  for (const path of ['tsconfig.base.json', 'libs/reports']) {
    cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
  const output = await run(join(copy, 'libs/reports'), 'npm', ['pack', '--json', '--pack-destination', work]);
  return join(work, JSON.parse(output.slice(output.indexOf('[\n')))[0].filename);
}
