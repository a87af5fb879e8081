/** Measures the report over HTTP against two baselines: cheaper routes of the same server, behind the same guards. */
import { once } from 'node:events';
import { summarizeProfile } from './cpu-profile.mjs';
import { CONNECTIONS, load, UNLIMITED } from './http-load.mjs';
import { withServer } from './http-server.mjs';
import { formatCount, formatRatio, medianOf, takeTurns, withProgress } from './measure.mjs';
import { fillStreams } from './streams.mjs';

const ROUNDS = 5;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 3;
const PROFILE_SECONDS = 8;
const STREAM = '100k';

const PREFIX = `/backend/reports/${STREAM}/chats`;
const ROUTES = {
  constant: { label: 'a constant', path: `${PREFIX}/baseline/constant` },
  probe: { label: 'one indexed LIMIT 1', path: `${PREFIX}/baseline/probe` },
  current: { label: 'current state', path: `${PREFIX}/availability/current` },
  day: {
    label: 'report on a day',
    path: `${PREFIX}/availability?startDate=2023-01-15&endDate=2023-01-15`,
  },
  month: {
    label: 'report on a month',
    path: `${PREFIX}/availability?startDate=2023-01-01&endDate=2023-01-31`,
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
  return withServer(url, UNLIMITED, (address) =>
    withProgress('requests', ROUNDS * Object.keys(ROUTES).length, async (update) => {
      for (const { path } of Object.values(ROUTES)) await load(STREAM, address + path, WARM_UP_SECONDS);
      let done = 0;
      const candidates = Object.entries(ROUTES).map(([name, { path }]) => [
        name,
        async () => {
          const result = await load(STREAM, address + path, ROUND_SECONDS);
          update(++done);
          return result;
        },
      ]);
      return await takeTurns(ROUNDS, Object.fromEntries(candidates));
    }),
  );
}

async function profileRoute(url, path) {
  return withServer(url, UNLIMITED, (address, child) =>
    withProgress('profile', 1, async () => {
      const command = async (name) => {
        child.send(name);
        return (await once(child, 'message'))[0];
      };
      await load(STREAM, address + path, WARM_UP_SECONDS);
      await command('start profile');
      await load(STREAM, address + path, PROFILE_SECONDS);
      return summarizeProfile(await command('stop profile'));
    }),
  );
}

function toSection(measured, profile) {
  const medianFor = (name, metric) => medianOf(measured[name], metric);
  const rows = Object.entries(ROUTES).map(([name, { label }]) => [
    label,
    formatCount(medianFor(name, 'perSecond')),
    formatRatio(medianFor('constant', 'perSecond') / medianFor(name, 'perSecond')),
    `${medianFor(name, 'p50')}`,
    `${medianFor(name, 'p99')}`,
    formatCount(measured[name].reduce((sum, { failed }) => sum + failed, 0)),
  ]);
  return {
    title: 'The report over HTTP',
    paragraphs: [INTRODUCTION],
    tables: [
      { head: ['route', 'requests/s', 'time, constant = 1', 'p50 (ms)', 'p99 (ms)', 'not 2xx'], rows },
      { head: ['busy time by package, report on a day', 'share'], rows: profile.byPackage },
      { head: ['function', 'package', 'share'], rows: profile.byFunction },
    ],
    notes: [
      `Shares are of the time that the warm server process was busy, from Node's profiler. A function does not include the functions it
calls, and nothing includes PostgreSQL.`,
    ],
  };
}

const INTRODUCTION = `The complete server under load from ${CONNECTIONS} connections, each of which waits for its answer before it sends the
next request, with 100k messages in a month. The load generator, the server and PostgreSQL share the machine. The first two
routes are added by the benchmark behind the same guards and hooks: one returns a constant, the other the result of one indexed
query.`;
