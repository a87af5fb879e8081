/** Compares reports on a partitioned table with the same reports on a table without partitions. */
import { query } from './bench-server.mjs';
import { openBreakdown } from './breakdown.methods.mjs';
import { fillMonth, MONTH, partition } from './channels.mjs';
import { formatMs, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';
import { openSkipScan } from './report.methods.mjs';

const ROUNDS = 21;
const MONTHS = [1, 12, 83];
const LIMIT = 1.15;
const STREAM = { organization: 'partitioned', count: 100_000, channels: 6 };

export async function measurePartitions(server) {
  const [flat, ...partitioned] = await openAll(server, [0, ...MONTHS], async (tables) => {
    const turns = tables.flatMap(({ report, breakdown }, index) => [
      [`report ${index}`, () => time(() => report.answer(STREAM.organization, MONTH.start, MONTH.end))],
      [`breakdown ${index}`, () => time(() => breakdown.answer(STREAM.organization, MONTH))],
    ]);
    const times = await takeTurns(ROUNDS, Object.fromEntries(turns));
    return tables.map((_, index) => ({
      report: median(times[`report ${index}`]),
      breakdown: median(times[`breakdown ${index}`]),
    }));
  });
  const ratios = partitioned.map(({ report, breakdown }) => [report / flat.report, breakdown / flat.breakdown]);
  const worst = Math.max(...ratios.flat());
  const row = (label, { report, breakdown }, [ofReport, ofBreakdown]) => [
    label,
    formatMs(report),
    formatRatio(ofReport),
    formatMs(breakdown),
    formatRatio(ofBreakdown),
  ];
  return {
    title: 'Partitions',
    paragraphs: [
      `A report and a breakdown on a month with 100k messages on six channels, in a table with one partition for each month. The other
partitions are empty, which makes no difference: the planner leaves them out.`,
    ],
    tables: [
      {
        head: ['partitions', 'report', 'ratio', 'breakdown', 'ratio'],
        rows: [
          row('none', flat, [1, 1]),
          ...partitioned.map((times, index) => row(String(MONTHS[index]), times, ratios[index])),
        ],
      },
    ],
    targets: [
      {
        text: `with partitions, both take at most ${LIMIT} times as long as without`,
        isReached: worst <= LIMIT,
        measured: formatRatio(worst),
      },
    ],
  };
}

/** Opens the product on one table for each number of partitions, all at the same time. */
async function openAll(server, [months, ...others], work, opened = []) {
  if (months === undefined) return work(opened);
  return server.withDatabase(async (url) => {
    await fillMonth(url, STREAM);
    if (months > 0) await withProgress(`${months} partitions`, 1, () => partition(url, months));
    await query(url, 'vacuum (analyze) messages');
    const [report, breakdown] = await Promise.all([openSkipScan(url), openBreakdown(url)]);
    try {
      return await openAll(server, others, work, [...opened, { report, breakdown }]);
    } finally {
      await Promise.all([report.close(), breakdown.close()]);
    }
  });
}
