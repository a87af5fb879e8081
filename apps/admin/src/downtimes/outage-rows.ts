import type { Downtime, Report } from '../availability/report';
import type { Period } from '../time/period';
import { shownLengthMs } from './downtime-length';
import type { SilentPart } from './silent-parts';

/** The part of an outage that is on a day. */
export interface DayPart {
  day: Period;
  silentMs: number;
}

/**
 * A row of the outages: one of them, below its day if `on` has that, or the day that those below it are on, with
 * how many of them are on other days, too. There are none below a day that an outage began before and ended after.
 */
export type OutageRow =
  { downtime: Downtime; on?: DayPart } | (DayPart & { outages: number; overMidnight: number; isThroughout: boolean });

type Source = Pick<Report, 'down_times'>;

/** A day of a report, and what of it was silent. */
export interface SilentDay {
  day: Period;
  silent: readonly SilentPart[];
}

/**
 * Puts outages in rows: the latest first below their days, or the longest first. An outage over midnight is below its first and its last
 * day, and each day in between says so.
 * There can be tens of thousands, so nothing is formatted, and few times are parsed.
 *
 * @param report its outages are in order of time
 * @param days of its period, in order
 */
export function outageRows(
  report: Source,
  order: 'latest' | 'longest',
  minimumMs: number,
  days: readonly SilentDay[],
): OutageRow[] {
  const isKept = ({ duration }: Downtime) => duration >= minimumMs;
  if (order === 'longest') {
    // The sort is stable, so of two equally long outages the later one is first.
    return report.down_times
      .filter(isKept)
      .reverse()
      .sort((one, other) => other.duration - one.duration)
      .map((downtime) => ({ downtime }));
  }
  return days
    .map(({ day, silent }) => ({ day, silent: silent.filter(({ outage }) => isKept(report.down_times[outage]!)) }))
    .map((one) => rowsOfDay(report, one))
    .reverse()
    .flat();
}

/** An outage, and its part of a day. */
export interface OutageOnDay {
  downtime: Downtime;
  on: DayPart;
}

/** Returns the outages of a day, in order of time. */
export function outagesOn(report: Source, { day, silent }: SilentDay): OutageOnDay[] {
  const outages: OutageOnDay[] = [];
  silent.forEach(({ outage, startMs, endMs }, index) => {
    const isNext = outage !== silent[index - 1]?.outage;
    if (isNext) outages.push({ downtime: report.down_times[outage]!, on: { day, silentMs: 0 } });
    outages.at(-1)!.on.silentMs += endMs - startMs;
  });
  return outages;
}

function rowsOfDay(report: Source, one: SilentDay): OutageRow[] {
  const { day } = one;
  if (one.silent.length === 0) return [];
  const rows = outagesOn(report, one);
  const silentMs = rows.reduce((sum, row) => sum + shownPartMs(row), 0);
  const { downtime } = rows[0]!;
  const isThroughout = Date.parse(downtime.start_time) < day.startMs && Date.parse(downtime.end_time) > day.endMs;
  const overMidnight = rows.filter((row) => !isWithin(row)).length;
  return [{ day, outages: rows.length, overMidnight, silentMs, isThroughout }, ...(isThroughout ? [] : rows.reverse())];
}

/** Whether all of an outage is on its day. */
export function isWithin({ downtime: { duration }, on: { silentMs } }: OutageOnDay): boolean {
  return duration === silentMs;
}

/** How long an outage was on its day, as its row says. Milliseconds. */
export function shownPartMs(row: OutageOnDay): number {
  return isWithin(row) ? shownLengthMs(row.downtime) : row.on.silentMs;
}
