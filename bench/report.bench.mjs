/** Compares the report with a window function and with reading the messages into JavaScript. */
import { isDeepStrictEqual } from 'node:util';
import { partitionByMonth } from '../dist/database/partition.js';
import { query } from './bench-server.mjs';
import { openDuckDb } from './duckdb.method.mjs';
import { formatCount, formatMs, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';
import {
  COVERING_INDEX,
  openFind,
  openFindInProcess,
  openLag,
  openSkipScan,
  OutOfMemoryError,
} from './report.methods.mjs';
import { fillStreams, STREAMS } from './streams.mjs';

const NAMES = ['100k', '1M', '10M', 'sparse', 'regular', 'busy', 'year'];
const COLD_ROUNDS = 3;
const WARM_ROUNDS = 9;
/** For large streams, whose reports take seconds. */
const LARGE_ROUNDS = 3;
const LARGE_COUNT = 1_000_000;

export async function measureReport(server, { large }) {
  const names = NAMES.filter((name) => large || !STREAMS[name].isLarge);
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
      'All return the same downtimes; the run fails if they do not.',
      `*find* reads every message into memory. It is not run with more than a million of them, except once with the ten million
of \`--large\`, in a separate process.`,
    ],
  };
}

const INTRODUCTION = `Time to find the downtimes of one organization, in milliseconds from the call to the parsed result, on
one connection. *Skip scan* is this project, called through its \`AvailabilityService\`. *LAG()* is a window function over a
covering index built for it, which the project does not have. *find* is TypeORM's \`find\` with a loop in JavaScript.
*DuckDB* is LAG() over a copy of the rows, in order, in the memory of the benchmark, where no other program could write to it.`;

const COLD_EMBEDDED = `*Cold* is the first call on a new connection to a PostgreSQL that has just started: nothing is planned and its
buffers are empty, but the operating system still caches the files. All other times are warm.`;

const COLD_ELSEWHERE = `*Cold* is the first call on a new connection, where nothing is planned; the buffers of the server are as
they were. All other times are warm.`;

const HEAD = [
  ...['messages', 'downtimes', 'skip scan', 'LAG()', 'DuckDB', 'find', 'LAG() / skip scan'],
  ...['skip scan, cold', 'LAG(), cold', 'cold ratio'],
];

async function measureStreams(server, names, prepare = () => undefined) {
  return server.withDatabase(async (url) => {
    await fillStreams(url, names);
    await prepare(url);
    await withProgress('index for LAG()', 1, () => query(url, COVERING_INDEX));
    await query(url, 'vacuum (analyze) messages');
    const duckDb = await withProgress('copy to DuckDB', 1, () => openDuckDb(url, server.folder));
    try {
      const results = {};
      for (const name of names) results[name] = await measureStream(server, url, name, duckDb);
      return results;
    } finally {
      duckDb.close();
    }
  });
}

async function measureStream(server, url, name, duckDb) {
  const { label, range, count } = STREAMS[name];
  return withProgress(`report: ${label}`, 1, async () => {
    const question = [name, range.start, range.end];
    const cold = await takeTurns(COLD_ROUNDS, {
      skipScan: () => timeCold(server, url, openSkipScan, question),
      lag: () => timeCold(server, url, openLag, question),
    });
    const { downtimes, warm } = await measureWarm(
      url,
      question,
      count > LARGE_COUNT ? LARGE_ROUNDS : WARM_ROUNDS,
      duckDb,
    );
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

async function measureWarm(url, question, rounds, duckDb) {
  const [skipScan, lag] = await Promise.all([openSkipScan(url), openLag(url)]);
  try {
    const downtimes = await skipScan.answer(...question);
    assertEqual('LAG()', await lag.answer(...question), downtimes);
    assertEqual('DuckDB', await duckDb.answer(...question), downtimes);
    const warm = await takeTurns(rounds, {
      skipScan: () => time(() => skipScan.answer(...question)),
      lag: () => time(() => lag.answer(...question)),
      duckDb: () => time(() => duckDb.answer(...question)),
    });
    return { downtimes, warm: mapValues(warm, median) };
  } finally {
    await Promise.all([skipScan.close(), lag.close()]);
  }
}

/** Measured only once, and not in turn with the others, since it is so much slower. */
async function measureFind(url, name, question, downtimes) {
  const { count, isLarge } = STREAMS[name];
  if (count > LARGE_COUNT && !isLarge) return '–';
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
    throw new Error(`${method} found ${answer.length} downtimes, which differ from the product's ${downtimes.length}`);
  }
}

function toRow(label, { downtimes, warm, cold }) {
  return [
    label,
    formatCount(downtimes.length),
    formatMs(warm.skipScan),
    formatMs(warm.lag),
    formatMs(warm.duckDb),
    warm.find,
    formatRatio(warm.lag / warm.skipScan),
    formatMs(cold.skipScan),
    formatMs(cold.lag),
    formatRatio(cold.lag / cold.skipScan),
  ];
}

function targetsOf(results) {
  const ratio = (name) => results[name].warm.lag / results[name].warm.skipScan;
  const growth = (from, to) => results[to].warm.skipScan / results[from].warm.skipScan;
  const targets = [
    {
      text: 'with 100k messages, the skip scan takes at most 1.3 times as long as LAG()',
      isReached: 1 / ratio('100k') <= 1.3,
      measured: formatRatio(1 / ratio('100k')),
    },
  ];
  if (results['10M'] === undefined) return targets;
  return [
    ...targets,
    {
      text: 'with 10M messages, the skip scan is at least 20 times as fast as LAG()',
      isReached: ratio('10M') >= 20,
      measured: formatRatio(ratio('10M')),
    },
    {
      text: 'from 1M to 10M messages, its time grows by a factor of at most 1.3',
      isReached: growth('1M', '10M') <= 1.3,
      measured: formatRatio(growth('1M', '10M')),
    },
  ];
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
