/**
 * Checks the library as a stranger gets it: packs it, installs the package from the npm registry into new applications
 * of each Nest that it supports, compiles them, starts them on Express and on Fastify, and asks for a report.
 *
 * The database is the PostgreSQL at DATABASE_URL, or else an embedded one. The last line counts what passed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import jsonwebtoken from 'jsonwebtoken';
import pg from 'pg';

const require = createRequire(import.meta.url);
const PROJECT = join(import.meta.dirname, '..');
const SECRET = 'a secret for the check of the package, long enough';
const START_TIMEOUT_MS = 60_000;

/** The oldest and the newest of what the package says it works with. */
const APPLICATIONS = [
  { nest: '11', typeorm: '0.3.20', typescript: '5.9', type: 'commonjs', validator: '0.14' },
  { nest: '12', typeorm: '1', typescript: '6.0', type: 'module', validator: '0.15' },
];

/** One conversation of account 7 that pauses for 32 minutes, and a notice in the pause that is no message. */
const TABLE = `
  create table chat_events (id bigserial primary key, account_id integer not null, inbox_id integer,
    conversation_id integer not null, kind smallint not null, sent_at timestamp not null);
  create index on chat_events (account_id, sent_at, id);
  create index on chat_events (account_id, inbox_id, sent_at, id);
  insert into chat_events (account_id, inbox_id, conversation_id, kind, sent_at) values
    (7, 1, 42, 0, '2023-01-15 10:28:00'), (7, 1, 42, 2, '2023-01-15 10:45:00'), (7, 1, 42, 1, '2023-01-15 11:00:00')`;

const DOWN_TIME_MS = 30 * 60_000;
const TOTAL_TIME_MS = 31 * 86_400_000;
const EXPECTED = JSON.stringify({
  availability_percentage: ((TOTAL_TIME_MS - DOWN_TIME_MS) / TOTAL_TIME_MS) * 100,
  total_down_time: DOWN_TIME_MS,
  total_time: TOTAL_TIME_MS,
  down_times: [
    {
      start_time: '2023-01-15T10:30:00Z',
      end_time: '2023-01-15T11:00:00Z',
      duration: DOWN_TIME_MS,
      session_id: '42',
    },
  ],
});

let passed = 0;
let failed = 0;
const work = mkdtempSync(join(tmpdir(), 'chat-reports-package-'));
const database = await openDatabase();
try {
  const tarball = pack();
  for (const application of APPLICATIONS) await checkApplication(application, tarball);
} finally {
  await database.close();
  rmSync(work, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function check(name, run) {
  try {
    await run();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.stack}`);
  }
}

async function checkApplication({ nest, typeorm, typescript, type, validator }, tarball) {
  const folder = join(work, `nest-${nest}`);
  mkdirSync(folder);
  cpSync(join(import.meta.dirname, 'package-check'), folder, { recursive: true });
  const dependencies = {
    '@chat-reports/nestjs': tarball,
    '@nestjs/passport': nest,
    '@nestjs/typeorm': nest,
    'class-validator': validator,
    pg: '8',
    typeorm,
    typescript,
    '@types/node': '20',
  };
  for (const part of ['common', 'core', 'platform-express', 'platform-fastify']) dependencies[`@nestjs/${part}`] = nest;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type, dependencies }, null, 2));
  const name = `Nest ${nest}, TypeORM ${typeorm}`;
  await check(`${name}: installs`, () =>
    run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']),
  );
  await check(`${name}: compiles`, () => run(folder, 'npx', ['tsc', '-p', '.']));
  await check(`${name}: is imported by a module`, () => run(folder, 'node', ['import.mjs']));
  for (const server of ['express', 'fastify']) {
    await check(`${name}: reports on ${server}`, () => askServer(folder, `dist/${server}.js`));
  }
}

async function askServer(folder, file) {
  const env = { ...process.env, DATABASE_URL: database.url, JWT_SECRET: SECRET };
  const server = spawn('node', [file], { cwd: folder, env });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (output += data));
  try {
    const endMs = Date.now() + START_TIMEOUT_MS;
    while (!/listening at \S+\n/.test(output)) {
      if (server.exitCode !== null || Date.now() > endMs) throw new Error(`It does not start: ${output}`);
      await sleep(100);
    }
    const url = /listening at (\S+)/.exec(output)[1];
    await expectReport(url);
    if (/WARN|ERROR/.test(output)) throw new Error(`It complains: ${output}`);
  } finally {
    server.kill('SIGKILL');
  }
}

async function expectReport(url) {
  const authorization = `Bearer ${jsonwebtoken.sign({ sub: 'check', org_id: '7', scope: 'reports:read' }, SECRET, { expiresIn: 60 })}`;
  const path = '/backend/reports/7/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
  const answer = await fetch(url + path, { headers: { authorization } });
  const { availability_percentage, total_down_time, total_time, down_times } = await answer.json();
  const body = JSON.stringify({ availability_percentage, total_down_time, total_time, down_times });
  if (body !== EXPECTED) throw new Error(`${answer.status} ${body}\nin place of ${EXPECTED}`);
  const { status } = await fetch(url + path);
  if (status !== 401) throw new Error(`${status} without a token`);
}

function pack() {
  run(PROJECT, 'npx', ['tsc', '--build']);
  const output = run(PROJECT, 'npm', ['pack', '--json', '-w', 'libs/reports', '--pack-destination', work]);
  return `file:${join(work, JSON.parse(output)[0].filename)}`;
}

function run(cwd, program, parameters) {
  return execFileSync(program, parameters, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

async function openDatabase() {
  const server = process.env.DATABASE_URL ? undefined : await openEmbedded();
  const administration = process.env.DATABASE_URL ?? server.url;
  const url = new URL(administration);
  url.pathname = `/chat_reports_package_${randomUUID().replaceAll('-', '')}`;
  await query(administration, `create database ${url.pathname.slice(1)}`);
  await query(url.href, TABLE);
  const close = async () => {
    await query(administration, `drop database ${url.pathname.slice(1)} with (force)`);
    await server?.close();
  };
  return { url: url.href, close };
}

/** The one that the tests use; it is compiled with the host. */
async function openEmbedded() {
  run(PROJECT, 'npx', ['tsc', '--build']);
  const { EmbeddedPostgres } = require('../dist/database/embedded-postgres.js');
  const { makeDataDirectory } = require('../dist/database/data-directory.js');
  return EmbeddedPostgres.open(makeDataDirectory(join(work, 'data')));
}

async function query(connectionString, statement) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
