/** Compares reports on a table without an index with window functions. */
import { isDeepStrictEqual } from 'node:util';
import { query } from './bench-server.mjs';
import { compareBreakdowns } from './breakdown.bench.mjs';
import { dropIndexes, fillMonth, MONTH } from './channels.mjs';
import { formatMs, formatRatio, median, takeTurns, time } from './measure.mjs';
import { openLag, openSkipScan } from './report.methods.mjs';

const ROUNDS = 5;
const STREAM = { organization: 'unindexed', count: 1_000_000, channels: 200 };
const RANGES = {
  'report on a day': ['2023-01-10T00:00:00Z', '2023-01-10T23:59:59.999Z'],
  'report on a month': [MONTH.start, MONTH.end],
};
const REPORT_LIMIT = 1.5;
const BREAKDOWN_LIMIT = 2;

export async function measureUnindexed(server) {
  const rows = await server.withDatabase(async (url) => {
    await fillMonth(url, STREAM);
    await dropIndexes(url);
    await query(url, 'vacuum (analyze) messages');
    const reports = [];
    for (const [name, range] of Object.entries(RANGES)) reports.push([name, ...(await compareReports(url, range))]);
    const { product, alone } = await compareBreakdowns(url, STREAM, ROUNDS);
    return [...reports, ['breakdown of a month', product, alone]];
  });
  const ratios = rows.map(([, product, lag]) => product / lag);
  const worst = Math.max(...ratios.slice(0, -1));
  return {
    title: 'Without an index',
    paragraphs: [
      `A million messages of a month on 200 channels, in a table that has no index at all. *LAG()* is one window function over the same
table; for the breakdown, one that has the channels as partitions and does not report on the organization.`,
    ],
    tables: [
      {
        head: ['', 'product', 'LAG()', 'product / LAG()'],
        rows: rows.map(([name, product, lag], index) => [
          name,
          formatMs(product),
          formatMs(lag),
          formatRatio(ratios[index]),
        ]),
      },
    ],
    targets: [
      {
        text: `a report takes at most ${REPORT_LIMIT} times as long as the window function`,
        isReached: worst <= REPORT_LIMIT,
        measured: formatRatio(worst),
      },
      {
        text: `a breakdown takes at most ${BREAKDOWN_LIMIT} times as long`,
        isReached: ratios.at(-1) <= BREAKDOWN_LIMIT,
        measured: formatRatio(ratios.at(-1)),
      },
    ],
  };
}

async function compareReports(url, range) {
  const [product, lag] = await Promise.all([openSkipScan(url), openLag(url)]);
  try {
    const question = [STREAM.organization, ...range];
    if (!isDeepStrictEqual(await product.answer(...question), await lag.answer(...question)))
      throw new Error('LAG() differs from the report');
    const times = await takeTurns(ROUNDS, {
      product: () => time(() => product.answer(...question)),
      lag: () => time(() => lag.answer(...question)),
    });
    return [median(times.product), median(times.lag)];
  } finally {
    await Promise.all([product.close(), lag.close()]);
  }
}
