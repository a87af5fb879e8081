/**
 * Measures the import beside what a database administrator would do, on the same database in the same run:
 *
 *   npm run bench [-- ROWS]
 *
 * In turn, several times: `npm run import` of a CSV file, and `psql \copy` of it into a table with the same columns and
 * indexes (a plain COPY where psql is not installed). Prints each median and their ratio.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Table from 'cli-table3';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate } from '../dist/database/data-source.js';
import { openDatabase } from '../dist/database/open-database.js';
import { readEnvironment } from '../dist/environment.js';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 3;
const COLUMNS = 'organization_id, channel, session_id, created_at, id';
const hasPsql = spawnSync('psql', ['--version']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'chat-reports-bench-'));
// PostgreSQL may run under another account, which must reach its files.
chmodSync(folder, 0o755);
const settings = { DATABASE_URL: process.env.DATABASE_URL, DATA_DIR: join(folder, 'data') };
const database = await openDatabase(readEnvironment(settings));
const name = `bench_${randomUUID().replaceAll('-', '')}`;
const url = new URL(database.url);
try {
  await query(database.url, `create database ${name}`);
  url.pathname = name;
  await migrate(url.href);
  const file = await writeMessages(join(folder, 'messages.csv'));

  const times = { import: [], copy: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.import.push(await measure(() => execFileSync('npm', ['run', '-s', 'import', '--', file], options())));
    times.copy.push(await measure(() => copy(file)));
  }
  report(median(times.import), median(times.copy));
} finally {
  await query(database.url, `drop database if exists ${name}`);
  await database.close();
  rmSync(folder, { recursive: true });
}

function report(imported, copied) {
  const table = new Table({
    style: { head: [], border: [] },
    head: [`${ROWS.toLocaleString('en')} messages`, 'seconds', 'messages/s'],
  });
  for (const [label, ms] of [
    ['import', imported],
    [hasPsql ? 'psql \\copy' : 'COPY', copied],
  ]) {
    table.push([label, (ms / 1000).toFixed(1), Math.round((ROWS / ms) * 1000).toLocaleString('en')]);
  }
  console.log(`${table.toString()}\nimport takes ${(imported / copied).toFixed(2)} times as long`);
}

async function measure(work) {
  await query(url.href, 'truncate messages');
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function copy(file) {
  const statement = `copy messages (${COLUMNS}) from stdin with (format csv, header)`;
  if (hasPsql) {
    const command = statement.replace('copy', '\\copy').replace('stdin', `'${file}'`);
    execFileSync('psql', [url.href, '-c', command], options());
    return;
  }
  const client = new pg.Client(url.href);
  await client.connect();
  await pipeline(createReadStream(file), client.query(copyFrom(statement)));
  await client.end();
}

function options() {
  return { stdio: 'ignore', env: { ...process.env, DATABASE_URL: url.href } };
}

async function writeMessages(file) {
  const stream = createWriteStream(file);
  stream.write('organization_id,channel,session_id,created_at,id\n');
  const start = Date.parse('2023-01-01T00:00:00Z');
  for (let row = 0; row < ROWS; row++) {
    const at = new Date(start + row * 2_500).toISOString();
    const line = `org${row % 7},channel${row % 5},session${(row * 7919) % 100_000},${at},${randomUUID()}\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return file;
}

async function query(connectionString, statement) {
  const client = new pg.Client(connectionString);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
