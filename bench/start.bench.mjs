/** Measures how long the product takes to start, and how much disk space it needs. */
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { formatCount, median, time, withProgress } from './measure.mjs';
import { readAddress } from './printed-address.mjs';

const PROJECT = join(import.meta.dirname, '..');
const ROUNDS = 5;
const PACKAGE_COUNT = 8;
const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';

export async function measureStart(server) {
  const times = await withProgress('starts', ROUNDS, (update) => measureStarts(server, update));
  const installed = installedSizes();
  const totalMb = [...installed.values()].reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  const packed = packLibrary();
  return {
    title: 'Start and size',
    paragraphs: [INTRODUCTION],
    tables: [
      {
        head: ['time to the first answer', 'seconds'],
        rows: Object.entries(times).map(([name, values]) => [name, (median(values) / 1000).toFixed(2)]),
      },
      {
        head: ['installed with npm ci --omit=dev', 'MB'],
        rows: [
          ['total', totalMb.toFixed(1)],
          ...[...installed]
            .sort(([, one], [, other]) => other - one)
            .slice(0, PACKAGE_COUNT)
            .map(([name, bytes]) => [name, (bytes / 1e6).toFixed(1)]),
        ],
      },
      {
        head: ['@chat-reports/nestjs', 'kB'],
        rows: [
          ['packed', formatCount(packed.size / 1e3)],
          ['unpacked', formatCount(packed.unpackedSize / 1e3)],
        ],
      },
    ],
  };
}

const INTRODUCTION = `From \`node dist/main.js\` to the answer to a report request (401, as it has no token). The first start creates the
embedded database and loads the sample; a later one finds the database stopped. Sizes are file sizes, without file system
overhead.`;

async function measureStarts(server, update) {
  const times = { 'embedded database, first start': [], 'embedded database, later start': [] };
  const own = 'own database, migrated';
  times[own] = [];
  await server.withDatabase(async (url) => {
    for (let round = 0; round < ROUNDS; round++) {
      // A new directory, so that the first start creates the database.
      const embedded = { DATA_DIR: join(mkdtempSync(join(server.folder, 'start-')), 'data') };
      await start(embedded, 'embedded database, first start');
      await start(embedded, 'embedded database, later start');
      await start({ DATABASE_URL: url, JWT_SECRET: 'a secret of at least 32 bytes for benchmarks' }, own);
      update(round + 1);
    }
  });
  return times;

  async function start(settings, name) {
    times[name].push(await timeStart(settings));
  }
}

async function timeStart(settings) {
  const env = { PATH: process.env.PATH, PORT: '0', ...settings };
  let child;
  try {
    return await time(async () => {
      child = spawn(process.execPath, [join(PROJECT, 'dist/main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const { status } = await fetch((await readAddress(child)) + REPORT);
      if (status !== 401) throw new Error(`the first response has status ${status}`);
    });
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
}

/** Returns the size in bytes of each package that is installed without development dependencies. */
function installedSizes() {
  const list = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: PROJECT, encoding: 'utf8' });
  const sizes = new Map();
  for (const path of new Set(list.trim().split('\n'))) {
    const parts = relative(PROJECT, path).split(`node_modules${sep}`);
    // The project itself and its workspaces are built rather than installed.
    if (parts.length < 2) continue;
    sizes.set(parts.at(-1), (sizes.get(parts.at(-1)) ?? 0) + sizeOf(path));
  }
  return sizes;
}

/** Returns the size of a file or directory in bytes, without nested packages, which are listed separately. */
function sizeOf(path) {
  const status = lstatSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function packLibrary() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '-w', 'libs/reports'];
  const printed = JSON.parse(execFileSync('npm', args, { cwd: PROJECT, encoding: 'utf8', stdio: 'pipe' }));
  return Object.values(printed)[0];
}
