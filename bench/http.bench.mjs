/** The documented report over HTTP, beside two floors: what the same server takes for less work on the same kind of route. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import jsonwebtoken from 'jsonwebtoken';
import { summarizeProfile } from './cpu-profile.mjs';
import { formatCount, formatRatio, median, takeTurns, withProgress } from './measure.mjs';
import { fillStreams } from './streams.mjs';

const CONNECTIONS = 32;
const ROUNDS = 5;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 3;
const PROFILE_SECONDS = 8;
const SECRET = 'a secret of the benchmarks, of 32 bytes and more';
const STREAM = '100k';

const BELOW = `/backend/reports/${STREAM}/chats`;
const ROUTES = {
  constant: { label: 'floor: guarded constant', path: `${BELOW}/floor/constant` },
  probe: { label: 'floor: guarded, one indexed LIMIT 1', path: `${BELOW}/floor/probe` },
  current: { label: 'current state', path: `${BELOW}/availability/current` },
  day: {
    label: 'report on a day',
    path: `${BELOW}/availability?startDate=2023-01-15&endDate=2023-01-15`,
  },
  month: {
    label: 'report on a month',
    path: `${BELOW}/availability?startDate=2023-01-01&endDate=2023-01-31`,
  },
};

export async function measureHttp(server) {
  return server.withDatabase(async (url) => {
    await fillStreams(url, [STREAM]);
    const measured = await measureRoutes(url);
    const profile = await profileRoute(url, ROUTES.day.path);
    return toSection(measured, profile);
  });
}

async function measureRoutes(url) {
  return withServer(url, (address) =>
    withProgress('requests', ROUNDS * Object.keys(ROUTES).length, async (update) => {
      for (const { path } of Object.values(ROUTES)) await load(address + path, WARM_UP_SECONDS);
      let done = 0;
      const works = Object.entries(ROUTES).map(([name, { path }]) => [
        name,
        async () => {
          const result = await load(address + path, ROUND_SECONDS);
          update(++done);
          return result;
        },
      ]);
      return await takeTurns(ROUNDS, Object.fromEntries(works));
    }),
  );
}

async function profileRoute(url, path) {
  return withServer(url, (address, child) =>
    withProgress('profile', 1, async () => {
      const order = async (name) => {
        child.send(name);
        return (await once(child, 'message'))[0];
      };
      await load(address + path, WARM_UP_SECONDS);
      await order('start profile');
      await load(address + path, PROFILE_SECONDS);
      return summarizeProfile(await order('stop profile'));
    }),
  );
}

/** The server runs in a process of its own, as the load comes from this one. */
async function withServer(url, work) {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: url,
    JWT_SECRET: SECRET,
    PORT: '0',
    // The load comes from one address with one token.
    RATE_LIMIT_PER_ADDRESS: '0',
    RATE_LIMIT_PER_TOKEN: '0',
  };
  const child = fork(join(import.meta.dirname, 'http.process.mjs'), { env, silent: true });
  // What it logs would drown the results, and says something only when it fails.
  let printed = '';
  child.stderr.on('data', (data) => (printed = `${printed}${data}`.slice(-2_000)));
  child.stdout.resume();
  const exit = once(child, 'exit');
  const failure = exit.then(() => Promise.reject(new Error(`the server has ended: ${printed}`)));
  failure.catch(() => undefined);
  try {
    const [address] = await Promise.race([once(child, 'message'), failure]);
    return await work(address, child);
  } finally {
    if (child.connected) child.send('stop');
    await exit;
  }
}

async function load(url, seconds) {
  const claims = { sub: 'bench', org_id: STREAM, scope: 'reports:read' };
  const authorization = `Bearer ${jsonwebtoken.sign(claims, SECRET, { expiresIn: '1h' })}`;
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, headers: { authorization } });
  if (result.errors > 0) throw new Error(`${url}: ${result.errors} connections failed`);
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: result.non2xx,
  };
}

function toSection(measured, profile) {
  const of = (name, figure) => median(measured[name].map((round) => round[figure]));
  const rows = Object.entries(ROUTES).map(([name, { label }]) => [
    label,
    formatCount(of(name, 'perSecond')),
    formatRatio(of('constant', 'perSecond') / of(name, 'perSecond')),
    `${of(name, 'p50')}`,
    `${of(name, 'p99')}`,
    formatCount(measured[name].reduce((sum, { refused }) => sum + refused, 0)),
  ]);
  return {
    title: 'The report over HTTP',
    paragraphs: [INTRODUCTION],
    tables: [
      { head: ['route', 'requests/s', 'time, constant = 1', 'p50 (ms)', 'p99 (ms)', 'not 2xx'], rows },
      { head: ['time of the process, report on a day', 'share'], rows: profile.byPackage },
      { head: ['function', 'of', 'share'], rows: profile.byFunction },
    ],
    notes: [
      `The shares are of the server's own working time, by Node's profiler once it is warm, each function without those that it calls;
the work of PostgreSQL is not in them.`,
    ],
  };
}

const INTRODUCTION = `The whole server with ${CONNECTIONS} connections that each wait for their answer, on the stream of 100k
messages in a month; the load, the server and PostgreSQL share the machine. The floors are two routes that the benchmark adds
to the same server, behind the same guards and hooks: one answers a constant, the other the result of one indexed query.`;
