import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import jsonwebtoken from 'jsonwebtoken';
import pg from 'pg';

const SECRET = 'a secret of at least 32 bytes for these checks';
const START_TIMEOUT_MS = 60_000;
const RECOVERY_TIMEOUT_MS = 10_000;

const PATH = '/backend/reports/7/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
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

/** What the applications read from their environment. */
export function environment(database) {
  return { DATABASE_URL: database.url, CHAT_DATABASE_URL: database.url, JWT_SECRET: SECRET };
}

/**
 * Starts a server, which prints its address, and requests a report from it.
 *
 * @param further what else to check at the address
 */
export async function checkServer(folder, command, env, further) {
  const server = spawn('node', command, { cwd: folder, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (output += data));
  try {
    const endMs = Date.now() + START_TIMEOUT_MS;
    while (!/listening at \S+\n/.test(output)) {
      if (server.exitCode !== null || Date.now() > endMs) throw new Error(`The server did not start: ${output}`);
      await sleep(100);
    }
    const url = /listening at (\S+)/.exec(output)[1];
    await expectReport(url, command.includes('--globals') ? 'seen' : null);
    if (/WARN|ERROR/.test(output)) throw new Error(`The server logged warnings: ${output}`);
    await further?.(url);
  } finally {
    server.kill('SIGKILL');
  }
}

/** Ends the connection of a report that waits for the messages. */
export async function expectUnavailable(url, database) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('begin; lock table messages in access exclusive mode');
    const asked = fetch(url + PATH, { headers: { authorization: authorize() } });
    const end = `
      select pg_terminate_backend(pid) from pg_locks
      where relation = 'messages'::regclass and not granted`;
    while ((await client.query(end)).rowCount === 0) await sleep(50);
    const { status, headers } = await asked;
    if (status !== 503 || !headers.has('retry-after')) throw new Error(`Expected 503 but got ${status}`);
  } finally {
    await client.end();
  }
  await waitUntilAvailable(url);
  await expectReport(url, null);
}

/** A pool may lend the ended connection once more, before it sees that it has ended. */
async function waitUntilAvailable(url) {
  const endMs = Date.now() + RECOVERY_TIMEOUT_MS;
  while ((await fetch(url + PATH, { headers: { authorization: authorize() } })).status === 503) {
    if (Date.now() > endMs) throw new Error('The application does not serve reports again');
    await sleep(50);
  }
}

function authorize() {
  return `Bearer ${jsonwebtoken.sign({ sub: 'check', org_id: '7', scope: 'reports:read' }, SECRET, { expiresIn: 60 })}`;
}

/** @param filter what the application's filter adds to errors */
async function expectReport(url, filter) {
  const authorization = authorize();
  const response = await fetch(url + PATH, { headers: { authorization } });
  const { availability_percentage, total_down_time, total_time, down_times } = await response.json();
  const body = JSON.stringify({ availability_percentage, total_down_time, total_time, down_times });
  if (body !== EXPECTED) throw new Error(`Expected ${EXPECTED}\nbut got ${response.status} ${body}`);
  await expectError(url + PATH, {}, 401, filter);
  await expectError(`${url}${PATH}&limit=0&colour=red`, { authorization }, 400, filter);
  const csv = await fetch(`${url}${PATH}&limit=&format=csv`, { headers: { authorization } });
  const rows = (await csv.text()).split('\r\n');
  const expected = [
    'start_time,end_time,duration,session_id',
    `"2023-01-15T10:30:00Z","2023-01-15T11:00:00Z",${DOWN_TIME_MS},"42"`,
    '',
  ];
  const isCsv = csv.headers.get('content-type').startsWith('text/csv') && rows.join('\n') === expected.join('\n');
  if (!isCsv) throw new Error(`Expected CSV but got ${csv.headers.get('content-type')} ${rows.join('\n')}`);
}

async function expectError(url, headers, expected, filter) {
  const response = await fetch(url, { headers });
  const text = await response.text();
  const isExpected =
    response.status === expected &&
    response.headers.get('x-filter') === filter &&
    text.includes(`"statusCode":${expected}`);
  if (!isExpected) throw new Error(`Expected an error ${expected} but got ${response.status} ${text}`);
}
