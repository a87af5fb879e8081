/** Measures the additional cost of opening hours after the database has answered. */
import { createRequire } from 'node:module';
import { parseWeeklyHours } from '@chat-reports/nestjs';
import { formatCount, formatMs, median, takeTurns, time } from './measure.mjs';

const require = createRequire(import.meta.url);
const { measureAvailability } = require('../libs/reports/dist/availability/downtime.js');
const { WALL_CLOCK } = require('../libs/reports/dist/availability/clock.js');
const { OpenClock } = require('../libs/reports/dist/opening-hours/open-clock.js');
const { openIntervals } = require('../libs/reports/dist/opening-hours/opening-hours.js');

const HOUR_MS = 3_600_000;
const DOWNTIMES = 10_000;
const EXCLUSIONS = 200;
const ROUNDS = 21;
const LIMIT_MS = 50;
const THRESHOLD_MS = 120_000;
const HOURS = 'Mo-Fr 09:00-12:00,13:00-17:00';
const PERIOD = { start: new Date('2014-01-01T00:00:00Z'), end: new Date('2024-01-01T00:00:00Z') };
const LENGTH_MS = PERIOD.end - PERIOD.start;

/** Gaps of an hour that are spread evenly over the period. */
const GAPS = evenly(DOWNTIMES).map((start) => ({ start, end: new Date(start.getTime() + HOUR_MS), sessionId: 's' }));
const EXCLUDED = evenly(EXCLUSIONS).map((start) => ({
  start,
  end: new Date(start.getTime() + 48 * HOUR_MS),
  reason: 'maintenance',
}));

export async function measureHours() {
  const cases = [
    { name: 'none', clock: () => WALL_CLOCK },
    { name: `\`${HOURS}\``, clock: () => clockOf({ timeZone: 'UTC' }), zone: 'UTC' },
    { name: `\`${HOURS}\``, clock: () => clockOf({ timeZone: 'Europe/Berlin' }), zone: 'Europe/Berlin' },
    {
      name: `\`${HOURS}\`, ${EXCLUSIONS} exclusions`,
      clock: () => clockOf({ timeZone: 'Europe/Berlin', exclusions: EXCLUDED }),
      zone: 'Europe/Berlin',
    },
  ];
  const times = await takeTurns(
    ROUNDS,
    Object.fromEntries(
      cases.map(({ clock }, index) => [
        index,
        () => time(() => measureAvailability(PERIOD, GAPS, THRESHOLD_MS, PERIOD.end, clock())),
      ]),
    ),
  );
  const medians = cases.map((_, index) => median(times[index]));
  const worst = Math.max(...medians);
  return {
    title: 'Opening hours of ten years',
    paragraphs: [
      `Finding the open time of ten years, and measuring ${formatCount(DOWNTIMES)} silences of an hour in it. Medians of ${ROUNDS} rounds. All other clients
wait as long.`,
    ],
    tables: [
      {
        head: ['hours', 'time zone', 'time (ms)'],
        rows: cases.map(({ name, zone = '' }, index) => [name, zone, formatMs(medians[index])]),
      },
    ],
    targets: [
      {
        text: `ten years with opening hours take at most ${LIMIT_MS} ms`,
        isReached: worst <= LIMIT_MS,
        measured: `${formatMs(worst)} ms`,
      },
    ],
  };
}

function evenly(count) {
  return Array.from({ length: count }, (_, index) => new Date(PERIOD.start.getTime() + (index * LENGTH_MS) / count));
}

function clockOf(options) {
  const openingHours = { versions: [{ hours: parseWeeklyHours(HOURS) }], ...options };
  return new OpenClock(openIntervals(openingHours, PERIOD), PERIOD);
}
