/**
 * Puts as many requests to a server as its readers make in an hour, at once:
 *
 *   npm run soak [-- REQUESTS]
 *
 * Some read reports of all kinds, some ask nonsense, some hang up. Fails if an answer is not the expected one, or if the
 * memory in use grows from the second fifth of the requests to the last by more than a quarter.
 */
import { spawn, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { freePort } from '../dist/database/free-port.js';

/** Twenty readers of the page, which asks six times a minute, and forty programs that ask each minute. */
const REQUESTS = Number(process.argv[2] ?? 60 * (20 * 6 + 40));
const CLIENTS = 6;
const TIME_LIMIT_MS = 15 * 60_000;
const SAMPLE_MS = 250;
const RANGE = 'startDate=2023-01-14&endDate=2023-01-16';

/** What is asked, in turn, and the status that answers it. */
const KINDS = [
  ['?' + RANGE + '&include=summary', 200],
  ['/trend?' + RANGE + '&interval=day&timezone=Europe/Berlin', 200],
  ['/breakdown?' + RANGE, 200],
  ['/current', 200],
  ['?' + RANGE + '&format=csv', 200],
  ['?' + RANGE + '&edges=count', 200],
  ['?startDate=2023-02-30&endDate=x', 400],
  ['?' + RANGE, 'hang up'],
];

const folder = mkdtempSync(join(tmpdir(), 'chat-reports-soak-'));
chmodSync(folder, 0o755);
const metricsPort = await freePort(0);
const env = {
  ...process.env,
  PORT: '0',
  DATA_DIR: join(folder, 'data'),
  METRICS_PORT: String(metricsPort),
  RATE_LIMIT_PER_ADDRESS: '0',
  RATE_LIMIT_PER_TOKEN: '0',
  LOG_LEVEL: 'silent',
};
delete env.DATABASE_URL;
// A small heap is collected often, so that what is in use is seen between two collections.
const program = ['--max-old-space-size=112', '--max-semi-space-size=4', 'dist/main.js', '--stop-with-parent'];
const server = spawn('node', program, { env, stdio: ['ignore', 'pipe', 'inherit'] });
const failures = [];
const samples = [];
try {
  const address = await ready();
  const token = execFileSync('npm', ['run', '-s', 'token', '--', '--org', '123456'], { env, encoding: 'utf8' }).trim();
  await soak(`${address}/backend/reports/123456/chats/availability`, { authorization: `Bearer ${token}` });
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
report();

async function ready() {
  let printed = '';
  server.stdout.on('data', (chunk) => (printed += chunk));
  for (;;) {
    const address = /ready at (\S+)/.exec(printed)?.[1];
    if (address) return address;
    if (server.exitCode !== null) throw new Error(`The server did not start: ${printed}`);
    await sleep(50);
  }
}

async function soak(url, headers) {
  const bar = new SingleBar({
    format: '[{bar}] {value} of {total} requests | {memory} MB',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  bar.start(REQUESTS, 0, { memory: '–' });
  const endMs = Date.now() + TIME_LIMIT_MS;
  let asked = 0;
  let isDone = false;
  const sampling = (async () => {
    while (!isDone) {
      const sample = await readMetrics();
      samples.push({ ...sample, asked });
      bar.update(asked, { memory: Math.round(sample.heapBytes / 2 ** 20) });
      await sleep(SAMPLE_MS);
    }
  })();
  const client = async () => {
    while (asked < REQUESTS && Date.now() < endMs) await ask(url, headers, KINDS[asked++ % KINDS.length]);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  isDone = true;
  await sampling;
  bar.stop();
  if (asked < REQUESTS) failures.push(`only ${asked} of ${REQUESTS} requests in ${TIME_LIMIT_MS / 60_000} minutes`);
}

async function ask(url, headers, [rest, expected]) {
  try {
    const signal = expected === 'hang up' ? AbortSignal.timeout(2) : undefined;
    const response = await fetch(url + rest, { headers, signal });
    await response.arrayBuffer();
    if (expected !== 'hang up' && response.status !== expected) failures.push(`${rest}: ${response.status}`);
  } catch (error) {
    if (expected !== 'hang up') failures.push(`${rest}: ${error.message}`);
  }
}

async function readMetrics() {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const valueOf = (name) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1]);
  return { heapBytes: valueOf('nodejs_heap_size_used_bytes'), residentBytes: valueOf('process_resident_memory_bytes') };
}

/** What is in use after collecting garbage is about the least that was seen in a while. */
function leastHeap(from, to) {
  const part = samples.filter(({ asked }) => asked >= REQUESTS * from && asked <= REQUESTS * to);
  return Math.min(...part.map(({ heapBytes }) => heapBytes)) / 2 ** 20;
}

function report() {
  const [early, late] = [leastHeap(0.2, 0.4), leastHeap(0.8, 1)];
  if (!(late <= early * 1.25)) failures.push(`the memory in use grew from ${early} to ${late} MB`);
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ['requests', REQUESTS.toLocaleString('en')],
    ['unexpected answers', failures.length],
    ['least memory in use, second fifth', `${early.toFixed(1)} MB`],
    ['least memory in use, last fifth', `${late.toFixed(1)} MB`],
    [
      'most memory resident',
      `${(Math.max(...samples.map(({ residentBytes }) => residentBytes)) / 2 ** 20).toFixed(0)} MB`,
    ],
  );
  console.log(table.toString());
  for (const failure of failures.slice(0, 10)) console.error(failure);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
