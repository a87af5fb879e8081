/** The report: what the product does beside the window function and beside reading the messages into JavaScript. */
import { isDeepStrictEqual } from 'node:util';
import { partitionByMonth } from '../dist/database/partition.js';
import { query } from './bench-server.mjs';
import { formatCount, formatMs, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';
import { COVERING_INDEX, openFind, openFindInProcess, openHop, openLag, OutOfMemoryError } from './report.methods.mjs';
import { fillStreams, STREAMS } from './streams.mjs';

const COLD_ROUNDS = 3;
const WARM_ROUNDS = 9;
/** What takes seconds is run less often. */
const LONG_ROUNDS = 3;
const MANY = 1_000_000;

export async function measureReport(server, { large }) {
  const names = Object.keys(STREAMS).filter((name) => large || !STREAMS[name].isLarge);
  const results = await measureStreams(server, names);
  const partitioned = await measureStreams(server, ['year'], (url) =>
    withProgress('partition by month', 1, () => partitionByMonth(url, 0)),
  );
  return {
    title: 'The report',
    paragraphs: [INTRODUCTION, server.isEmbedded ? COLD_EMBEDDED : COLD_ELSEWHERE],
    tables: [
      {
        head: HEAD,
        rows: [
          ...names.map((name) => toRow(STREAMS[name].label, results[name])),
          toRow(`${STREAMS.year.label}, partitioned by month`, partitioned.year),
        ],
      },
    ],
    targets: targetsOf(results),
    notes: [
      'All of them gave the same downtimes for every stream; otherwise the run would have failed.',
      `\`find\` reads every message into memory, so it was not asked for more than a million of them, but for the ten million
of \`--large\` in a process of its own, once.`,
    ],
  };
}

const INTRODUCTION = `The downtimes of one stream, in milliseconds from the question to the parsed answer, on one
connection. *hop* is the product as built, asked through its \`AvailabilityService\`. *LAG()* is one statement with a window
function over an index made for it, which holds all that it reads and which the product does not have. *find* is TypeORM's
\`find\` and a loop in JavaScript.`;

const COLD_EMBEDDED = `Cold is the first question on a new connection to a server that has just been started: it has planned
nothing and its own memory is empty, while the operating system still has its files in memory. Warm is every further one.`;

const COLD_ELSEWHERE = `Cold is the first question on a new connection, which has planned nothing; the server's memory is as
it was. Warm is every further one.`;

const HEAD = ['stream', 'downtimes', 'hop', 'LAG()', 'find', 'LAG() / hop', 'hop, cold', 'LAG(), cold', 'cold ratio'];

async function measureStreams(server, names, prepare = () => undefined) {
  return server.withDatabase(async (url) => {
    await fillStreams(url, names);
    await prepare(url);
    await withProgress('index for LAG()', 1, () => query(url, COVERING_INDEX));
    await query(url, 'vacuum (analyze) messages');
    const results = {};
    for (const name of names) results[name] = await measureStream(server, url, name);
    return results;
  });
}

async function measureStream(server, url, name) {
  const { label, range, count } = STREAMS[name];
  return withProgress(`report: ${label}`, 1, async () => {
    const question = [name, range.start, range.end];
    const cold = await takeTurns(COLD_ROUNDS, {
      hop: () => timeCold(server, url, openHop, question),
      lag: () => timeCold(server, url, openLag, question),
    });
    const { downtimes, warm } = await measureWarm(url, question, count > MANY ? LONG_ROUNDS : WARM_ROUNDS);
    const find = await measureFind(url, name, question, downtimes);
    return { downtimes, warm: { ...warm, find }, cold: mapValues(cold, median) };
  });
}

async function timeCold(server, url, open, question) {
  await server.restart();
  const method = await open(url);
  try {
    return await time(() => method.answer(...question));
  } finally {
    await method.close();
  }
}

async function measureWarm(url, question, rounds) {
  const [hop, lag] = await Promise.all([openHop(url), openLag(url)]);
  try {
    const downtimes = await hop.answer(...question);
    assertEqual('LAG()', await lag.answer(...question), downtimes);
    const warm = await takeTurns(rounds, {
      hop: () => time(() => hop.answer(...question)),
      lag: () => time(() => lag.answer(...question)),
    });
    return { downtimes, warm: mapValues(warm, median) };
  } finally {
    await Promise.all([hop.close(), lag.close()]);
  }
}

/** Is so much slower than the others that it is asked once, and is not measured in turn with them. */
async function measureFind(url, name, question, downtimes) {
  const { count, isLarge } = STREAMS[name];
  if (count > MANY && !isLarge) return '–';
  const find = await (isLarge ? openFindInProcess : openFind)(url);
  try {
    return formatMs(await time(async () => assertEqual('find', await find.answer(...question), downtimes)));
  } catch (error) {
    if (error instanceof OutOfMemoryError) return 'out of memory';
    throw error;
  } finally {
    await find.close();
  }
}

function assertEqual(method, answer, downtimes) {
  if (!isDeepStrictEqual(answer, downtimes)) {
    throw new Error(`${method} gives ${answer.length} downtimes that are not the ${downtimes.length} of the product`);
  }
}

function toRow(label, { downtimes, warm, cold }) {
  return [
    label,
    formatCount(downtimes.length),
    formatMs(warm.hop),
    formatMs(warm.lag),
    warm.find,
    formatRatio(warm.lag / warm.hop),
    formatMs(cold.hop),
    formatMs(cold.lag),
    formatRatio(cold.lag / cold.hop),
  ];
}

function targetsOf(results) {
  const ratio = (name) => results[name].warm.lag / results[name].warm.hop;
  const growth = (from, to) => results[to].warm.hop / results[from].warm.hop;
  const targets = [
    {
      text: 'at 100k messages the hop takes at most 1.3 times as long as LAG()',
      isReached: 1 / ratio('100k') <= 1.3,
      measured: formatRatio(1 / ratio('100k')),
    },
  ];
  if (results['10M'] === undefined) return targets;
  return [
    ...targets,
    {
      text: 'at 10M messages the hop is at least 20 times as fast as LAG()',
      isReached: ratio('10M') >= 20,
      measured: formatRatio(ratio('10M')),
    },
    {
      text: 'from 1M to 10M messages its time grows to at most 1.3 times',
      isReached: growth('1M', '10M') <= 1.3,
      measured: formatRatio(growth('1M', '10M')),
    },
  ];
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
