/**
 * Sends a server the requests of an hour of normal use, as fast as it answers them:
 *
 *   npm run soak [-- REQUESTS]
 *
 * They read reports of all kinds, have invalid parameters, or are aborted. Fails if a response is not as expected, or
 * if the heap in use grows by more than a quarter from the second fifth of the requests to the last one.
 */
import { spawn, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { readAddress } from './printed-address.mjs';

/** Twenty open admin pages with six requests a minute each, and forty programs with one request a minute each. */
const REQUESTS = Number(process.argv[2] ?? 60 * (20 * 6 + 40));
const CLIENTS = 6;
const TIME_LIMIT_MS = 15 * 60_000;
const SAMPLE_MS = 250;
const RANGE = 'startDate=2023-01-14&endDate=2023-01-16';

/** The requests that are sent in turn, and the expected status of each. */
const REQUEST_KINDS = [
  ['?' + RANGE + '&include=summary', 200],
  ['/trend?' + RANGE + '&interval=day&timezone=Europe/Berlin', 200],
  ['/breakdown?' + RANGE, 200],
  ['/current', 200],
  ['?' + RANGE + '&format=csv', 200],
  ['?' + RANGE + '&edges=count', 200],
  ['?startDate=2023-02-30&endDate=x', 400],
  ['?' + RANGE, 'abort'],
];

const folder = mkdtempSync(join(tmpdir(), 'chat-reports-soak-'));
chmodSync(folder, 0o755);
const metricsPort = await freePort();
const env = {
  ...process.env,
  PORT: '0',
  DATA_DIR: join(folder, 'data'),
  METRICS_PORT: String(metricsPort),
  RATE_LIMIT_PER_ADDRESS: '0',
  RATE_LIMIT_PER_TOKEN: '0',
  MAX_CONCURRENT_REPORTS: '1000',
  LOG_LEVEL: 'silent',
};
delete env.DATABASE_URL;
// With a small heap, garbage is collected often enough to see the heap in use between two collections.
const program = ['--max-old-space-size=112', '--max-semi-space-size=4', 'dist/main.js', '--stop-with-parent'];
const server = spawn('node', program, { env, stdio: ['ignore', 'pipe', 'inherit'] });
const failures = [];
const samples = [];
try {
  const address = await readAddress(server);
  const token = execFileSync('npm', ['run', '-s', 'token', '--', '--org', '123456'], { env, encoding: 'utf8' }).trim();
  await soak(`${address}/backend/reports/123456/chats/availability`, { authorization: `Bearer ${token}` });
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
report();

async function soak(url, headers) {
  const bar = new SingleBar({
    format: '[{bar}] {value} of {total} requests | {memory} MB',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  bar.start(REQUESTS, 0, { memory: '–' });
  const endMs = Date.now() + TIME_LIMIT_MS;
  let sent = 0;
  let isDone = false;
  const sampling = (async () => {
    while (!isDone) {
      const sample = await readMetrics();
      samples.push({ ...sample, sent });
      bar.update(sent, { memory: Math.round(sample.heapBytes / 2 ** 20) });
      await sleep(SAMPLE_MS);
    }
  })();
  const client = async () => {
    while (sent < REQUESTS && Date.now() < endMs) {
      await sendRequest(url, headers, REQUEST_KINDS[sent++ % REQUEST_KINDS.length]);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  isDone = true;
  await sampling;
  bar.stop();
  if (sent < REQUESTS) failures.push(`only ${sent} of ${REQUESTS} requests in ${TIME_LIMIT_MS / 60_000} minutes`);
}

async function sendRequest(url, headers, [suffix, expected]) {
  try {
    const signal = expected === 'abort' ? AbortSignal.timeout(2) : undefined;
    const response = await fetch(url + suffix, { headers, signal });
    await response.arrayBuffer();
    if (expected !== 'abort' && response.status !== expected) failures.push(`${suffix}: ${response.status}`);
  } catch (error) {
    if (expected !== 'abort') failures.push(`${suffix}: ${error.message}`);
  }
}

async function readMetrics() {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const valueOf = (name) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1]);
  return { heapBytes: valueOf('nodejs_heap_size_used_bytes'), residentBytes: valueOf('process_resident_memory_bytes') };
}

/** Returns the smallest heap of a part of the requests, in MB: about what is in use after a garbage collection. */
function smallestHeapMb(from, to) {
  const part = samples.filter(({ sent }) => sent >= REQUESTS * from && sent <= REQUESTS * to);
  return Math.min(...part.map(({ heapBytes }) => heapBytes)) / 2 ** 20;
}

function report() {
  const [early, late] = [smallestHeapMb(0.2, 0.4), smallestHeapMb(0.8, 1)];
  if (!(late <= early * 1.25)) failures.push(`the heap in use grew from ${early} to ${late} MB`);
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ['requests', REQUESTS.toLocaleString('en')],
    ['failures', failures.length],
    ['smallest heap, second fifth', `${early.toFixed(1)} MB`],
    ['smallest heap, last fifth', `${late.toFixed(1)} MB`],
    [
      'peak resident memory',
      `${(Math.max(...samples.map(({ residentBytes }) => residentBytes)) / 2 ** 20).toFixed(0)} MB`,
    ],
  );
  console.log(table.toString());
  for (const failure of failures.slice(0, 10)) console.error(failure);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Returns a port that is free on loopback. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
