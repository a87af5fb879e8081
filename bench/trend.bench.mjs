/** Measures what the server computes for a trend after the database has answered. */
import { createRequire } from 'node:module';
import { TrendResponse } from '@chat-reports/nestjs';
import { formatCount, formatMs, median, takeTurns, time } from './measure.mjs';

const require = createRequire(import.meta.url);
const { allocateToBuckets } = require('../libs/reports/dist/availability/trend.js');
const { divideByCalendar } = require('../libs/reports/dist/availability/calendar.js');
const { measureAvailability } = require('../libs/reports/dist/availability/downtime.js');

const HOUR_MS = 3_600_000;
const BUCKETS = 10_000;
const ROUNDS = 21;
const LIMIT_MS = 30;
const THRESHOLD_MS = 120_000;
const START_MS = Date.parse('2023-01-01T00:00:00Z');
const PERIOD = { start: new Date(START_MS), end: new Date(START_MS + BUCKETS * HOUR_MS) };

export async function measureTrend() {
  const cases = [0, BUCKETS, 5 * BUCKETS].flatMap((outages) =>
    ['UTC', 'Europe/Berlin'].map((timeZone) => ({ outages, timeZone, whole: wholeWith(outages) })),
  );
  const times = await takeTurns(
    ROUNDS,
    Object.fromEntries(cases.map((one, index) => [index, () => time(() => compute(one))])),
  );
  const medians = cases.map((_, index) => median(times[index]));
  const worst = Math.max(...medians);
  return {
    title: 'A trend of many buckets',
    paragraphs: [
      `The hours of ${formatCount(BUCKETS / 24)} days, which is as many buckets as a trend may have: finding them on the calendar, allocating the outages,
and writing the response. Medians of ${ROUNDS} rounds. All other clients wait as long.`,
    ],
    tables: [
      {
        head: ['time zone', 'outages', 'time (ms)'],
        rows: cases.map(({ timeZone, outages }, index) => [timeZone, formatCount(outages), formatMs(medians[index])]),
      },
    ],
    targets: [
      {
        text: `${formatCount(BUCKETS)} buckets take at most ${LIMIT_MS} ms`,
        isReached: worst <= LIMIT_MS,
        measured: `${formatMs(worst)} ms`,
      },
    ],
  };
}

/** A report with gaps that are spread evenly over the period. */
function wholeWith(outages) {
  const stepMs = (BUCKETS * HOUR_MS) / Math.max(outages, 1);
  const gaps = Array.from({ length: outages }, (_, index) => ({
    start: new Date(START_MS + index * stepMs),
    end: new Date(START_MS + index * stepMs + 2 * THRESHOLD_MS),
    sessionId: 's',
  }));
  return { ...measureAvailability(PERIOD, gaps, THRESHOLD_MS), observed: PERIOD };
}

function compute({ timeZone, whole }) {
  const buckets = allocateToBuckets(divideByCalendar(PERIOD, 'hour', timeZone), whole.downtimes, whole.observed);
  return JSON.stringify(TrendResponse.of({ whole, buckets }));
}
