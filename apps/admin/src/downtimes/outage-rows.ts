import type { Downtime, Report } from '../availability/report';
import { divide } from '../time/parts';
import type { Period } from '../time/period';
import { shownLengthMs } from './downtime-length';
import { type SilentPart, silentPartsOf } from './silent-parts';

/** The part of an outage that is on a day. */
export interface DayPart {
  day: Period;
  silentMs: number;
}

/**
 * A row of the outages: one of them, below its day if `on` has that, or the day that those below it are on. There are none below a day
 * that an outage began before and ended after.
 */
export type OutageRow = { downtime: Downtime; on?: DayPart } | (DayPart & { outages: number; isThroughout: boolean });

type Source = Pick<Report, 'down_times' | 'closed_times'>;

/**
 * Puts outages in rows: the latest first below their days, or the longest first. An outage over midnight is below its first and its last
 * day, and each day in between says so.
 * There can be tens of thousands, so nothing is formatted, and few times are parsed.
 *
 * @param report its outages are in order of time
 * @param days of the period, in order
 */
export function outageRows(
  report: Source,
  order: 'latest' | 'longest',
  minimumMs: number,
  days: readonly Period[],
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
  const parts = silentPartsOf(report).filter(({ outage }) => isKept(report.down_times[outage]!));
  return divide(parts, days)
    .map((ofDay, index) => rowsOfDay(report, days[index]!, ofDay))
    .reverse()
    .flat();
}

/** An outage, and its part of a day. */
export interface OutageOnDay {
  downtime: Downtime;
  on: DayPart;
}

/** Returns the outages of a day, in order of time. */
export function outagesOn(report: Source, day: Period): OutageOnDay[] {
  return withParts(report, day, divide(silentPartsOf(report), [day])[0]!);
}

function withParts(report: Source, day: Period, parts: readonly SilentPart[]): OutageOnDay[] {
  const silent = new Map<number, number>();
  for (const { outage, startMs, endMs } of parts) silent.set(outage, (silent.get(outage) ?? 0) + endMs - startMs);
  return [...silent].map(([outage, silentMs]) => ({ downtime: report.down_times[outage]!, on: { day, silentMs } }));
}

function rowsOfDay(report: Source, day: Period, parts: readonly SilentPart[]): OutageRow[] {
  if (parts.length === 0) return [];
  const rows = withParts(report, day, parts);
  const silentMs = rows.reduce((sum, row) => sum + (isWithin(row) ? shownLengthMs(row.downtime) : row.on.silentMs), 0);
  const { downtime } = rows[0]!;
  const isThroughout = Date.parse(downtime.start_time) < day.startMs && Date.parse(downtime.end_time) > day.endMs;
  return [{ day, outages: rows.length, silentMs, isThroughout }, ...(isThroughout ? [] : rows.reverse())];
}

/** Whether all of an outage is on its day. */
export function isWithin({ downtime: { start_time: start, end_time: end }, on: { day } }: OutageOnDay): boolean {
  return Date.parse(start) >= day.startMs && Date.parse(end) <= day.endMs;
}
