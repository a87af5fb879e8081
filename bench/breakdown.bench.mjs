/** Compares the breakdown by channel with window functions. */
import { isDeepStrictEqual } from 'node:util';
import { openBreakdown, openLagByChannel } from './breakdown.methods.mjs';
import { query } from './bench-server.mjs';
import { fillMonth, MONTH } from './channels.mjs';
import { formatCount, formatMs, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';

/** The shorter a breakdown, the more rounds. */
const ROUNDS = { 100_000: 21, 1_000_000: 7, 10_000_000: 7 };
const LIMIT = 1.1;
const CASES = [100_000, 1_000_000, 10_000_000].flatMap((count) =>
  [6, 500].map((channels) => ({ count, channels, organization: `${count} on ${channels}` })),
);

export async function measureBreakdown(server, { large }) {
  const cases = CASES.filter(({ count }) => large || count < 10_000_000);
  const results = await server.withDatabase(async (url) => {
    for (const one of cases) await fillMonth(url, one);
    await query(url, 'vacuum (analyze) messages');
    const all = [];
    for (const one of cases) all.push(await compareBreakdowns(url, one, ROUNDS[one.count]));
    return all;
  });
  const worst = Math.max(...results.map(({ product, lag }) => product / lag));
  return {
    title: 'The breakdown by channel',
    paragraphs: [
      `Time to find the first and last messages of an organization and of each of its channels in a month, to count the downtimes, and to
add them up. *LAG()* is two window functions, of which one has the channels as partitions; each finds its index and reads nothing
else. Both give the same answer, but the window functions leave out channels that had messages at other times only.`,
    ],
    tables: [
      {
        head: HEAD,
        rows: cases.map(({ count, channels }, index) =>
          toRow([formatCount(count), formatCount(channels)], results[index]),
        ),
      },
    ],
    targets: [
      {
        text: `the breakdown takes at most ${LIMIT} times as long as the window functions`,
        isReached: worst <= LIMIT,
        measured: formatRatio(worst),
      },
    ],
  };
}

const HEAD = ['messages', 'channels', 'breakdown', 'LAG()', 'LAG() by channel alone', 'breakdown / LAG()'];

/** Measures the product and the window functions in turn, after checking that all give the same answer. */
export async function compareBreakdowns(url, { organization, count, channels }, rounds) {
  return withProgress(`breakdown: ${formatCount(count)} messages, ${channels} channels`, 1, async () => {
    const [product, lag, alone] = await Promise.all([
      openBreakdown(url),
      openLagByChannel(url),
      openLagByChannel(url, false),
    ]);
    try {
      if (!isDeepStrictEqual(await product.answer(organization, MONTH), await lag.answer(organization, MONTH)))
        throw new Error(`LAG() differs from the breakdown of ${organization}`);
      const methods = { product, lag, alone };
      const turns = Object.entries(methods).map(([name, method]) => [
        name,
        () => time(() => method.answer(organization, MONTH)),
      ]);
      const times = await takeTurns(rounds, Object.fromEntries(turns));
      return Object.fromEntries(Object.entries(times).map(([name, own]) => [name, median(own)]));
    } finally {
      await Promise.all([product.close(), lag.close(), alone.close()]);
    }
  });
}

function toRow(label, { product, lag, alone }) {
  return [...label, formatMs(product), formatMs(lag), formatMs(alone), formatRatio(product / lag)];
}
