/** What it takes to have the product: time until it answers, and room on the disk. */
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { formatCount, median, time, withProgress } from './measure.mjs';

const PROJECT = join(import.meta.dirname, '..');
const ROUNDS = 5;
const LARGEST = 8;
const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';

export async function measureStart(server) {
  const times = await withProgress('starts', ROUNDS, (update) => measureStarts(server, update));
  const installed = sizesOfInstalled();
  const totalMb = [...installed.values()].reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  const packed = packLibrary();
  return {
    title: 'Start and size',
    paragraphs: [INTRODUCTION],
    tables: [
      {
        head: ['from spawn to the first answer', 'seconds'],
        rows: Object.entries(times).map(([name, values]) => [name, (median(values) / 1000).toFixed(2)]),
      },
      {
        head: ['installed with npm ci --omit=dev', 'MB'],
        rows: [
          ['everything', totalMb.toFixed(1)],
          ...[...installed]
            .sort(([, one], [, other]) => other - one)
            .slice(0, LARGEST)
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

const INTRODUCTION = `\`node dist/main.js\` until a request for a report is answered (with 401: it brings no token). The first start on the embedded
database makes it and fills in the sample; a later one finds it stopped. Sizes are of files, without what the file system
adds.`;

async function measureStarts(server, update) {
  const times = { 'embedded database, first start': [], 'embedded database, later start': [] };
  const own = 'own database, migrated';
  times[own] = [];
  await server.withDatabase(async (url) => {
    for (let round = 0; round < ROUNDS; round++) {
      // A folder of its own, in which nothing is yet.
      const embedded = { DATA_DIR: join(mkdtempSync(join(server.folder, 'start-')), 'data') };
      await start(embedded, 'embedded database, first start');
      await start(embedded, 'embedded database, later start');
      await start({ DATABASE_URL: url, JWT_SECRET: 'a secret of the benchmarks, of 32 bytes and more' }, own);
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
      if (status !== 401) throw new Error(`the first answer is ${status}`);
    });
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
}

function readAddress(child) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (data) => {
      printed += data;
      const address = /ready at (\S+)/.exec(printed)?.[1];
      if (address) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed}`)));
  });
}

/** Bytes of each package that an installation without development dependencies has, this project's own included. */
function sizesOfInstalled() {
  const list = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: PROJECT, encoding: 'utf8' });
  const sizes = new Map();
  for (const path of new Set(list.trim().split('\n'))) {
    const parts = relative(PROJECT, path).split(`node_modules${sep}`);
    // The project itself and its workspaces are what is built, not what is installed.
    if (parts.length < 2) continue;
    sizes.set(parts.at(-1), (sizes.get(parts.at(-1)) ?? 0) + sizeOf(path));
  }
  return sizes;
}

/** Without the packages inside, which are listed by themselves. */
function sizeOf(path) {
  const status = lstatSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function packLibrary() {
  const parameters = ['pack', '--dry-run', '--json', '--ignore-scripts', '-w', 'libs/reports'];
  const printed = JSON.parse(execFileSync('npm', parameters, { cwd: PROJECT, encoding: 'utf8', stdio: 'pipe' }));
  return Object.values(printed)[0];
}
