/** Measures how much one greedy client slows down another one and the probe. */
import autocannon from 'autocannon';
import { authorizationFor, withServer } from './http-server.mjs';
import { formatCount, formatRatio, median, withProgress } from './measure.mjs';
import { fillStreams } from './streams.mjs';

const GREEDY_CONNECTIONS = 100;
const ROUNDS = 5;
const ROUND_SECONDS = 6;
const PAUSE_MS = 20;
const [GREEDY, PATIENT] = ['1M', 'sparse'];

const report = (organization) =>
  `/backend/reports/${organization}/chats/availability?startDate=2023-01-01&endDate=2023-01-31`;

export async function measureFairness(server) {
  return server.withDatabase(async (url) => {
    await fillStreams(url, [GREEDY, PATIENT]);
    // A server has these limits by default, except that both clients here have the same address.
    return toSection(await withServer(url, { RATE_LIMIT_PER_ADDRESS: '0' }, (address) => measure(address)));
  });
}

/** Quiet and greedy rounds take turns; each returns the 99th percentiles in milliseconds. */
async function measure(address) {
  const quiet = [];
  const greedy = [];
  const statuses = {};
  await withProgress('rounds', 2 * ROUNDS, async (update) => {
    await observe(address, 1);
    for (let round = 0; round < ROUNDS; round++) {
      quiet.push(await observe(address, ROUND_SECONDS));
      update(2 * round + 1);
      const load = autocannon({
        url: address + report(GREEDY),
        connections: GREEDY_CONNECTIONS,
        duration: ROUND_SECONDS + 1,
        headers: { authorization: authorizationFor(GREEDY) },
      });
      greedy.push(await observe(address, ROUND_SECONDS));
      for (const [status, { count }] of Object.entries((await load).statusCodeStats)) {
        statuses[status] = (statuses[status] ?? 0) + count;
      }
      update(2 * round + 2);
    }
  });
  return { quiet, greedy, statuses };
}

/** Measures the other client and, at the same time, the probe. */
async function observe(address, seconds) {
  const endMs = performance.now() + seconds * 1000;
  const [other, live] = await Promise.all([
    askUntil(endMs, address + report(PATIENT), { authorization: authorizationFor(PATIENT) }),
    askUntil(endMs, `${address}/health/live`, {}),
  ]);
  return { other, live };
}

/** Sends one request after the other, and returns the 99th percentile of their times. */
async function askUntil(endMs, url, headers) {
  const times = [];
  while (performance.now() < endMs) {
    const startMs = performance.now();
    const response = await fetch(url, { headers });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
    times.push(performance.now() - startMs);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)];
}

function toSection({ quiet, greedy, statuses }) {
  const medianFor = (rounds, name) => median(rounds.map((round) => round[name]));
  const ratio = medianFor(greedy, 'other') / medianFor(quiet, 'other');
  const live = medianFor(greedy, 'live');
  return {
    title: 'One client and the others',
    paragraphs: [INTRODUCTION],
    tables: [
      {
        head: ['99th percentile (ms)', 'quiet', 'with the greedy client', 'ratio'],
        rows: [
          ['report of another organization', 'other'],
          ['/health/live', 'live'],
        ].map(([label, name]) => [
          label,
          formatCount(medianFor(quiet, name)),
          formatCount(medianFor(greedy, name)),
          formatRatio(medianFor(greedy, name) / medianFor(quiet, name)),
        ]),
      },
      {
        head: ['responses to the greedy client', 'number'],
        rows: Object.entries(statuses).map(([status, count]) => [status, formatCount(count)]),
      },
    ],
    targets: [
      { text: 'the other client waits at most 3 times as long', isReached: ratio <= 3, measured: formatRatio(ratio) },
      { text: 'the probe responds within 100 ms', isReached: live <= 100, measured: `${formatCount(live)} ms` },
    ],
  };
}

const INTRODUCTION = `A greedy client asks for a month with a million messages on ${GREEDY_CONNECTIONS} connections at once. Another one asks for
a month of its own organization, one request at a time. The greedy client, the server and PostgreSQL share the machine. Medians of
${ROUNDS} rounds with and without the greedy client, which took turns.`;
