import { datesOf, type Period, toZonedTime } from './period';
import { type PeriodFilter, type Preset, resolvePeriod, zoomFilter } from './period-filter';

/** What a period that moves with time is called once it is reached again. */
const NAMED: Preset[] = ['this-month', 'last-month'];

/**
 * Returns the filter that selects the neighbor of a period: of a month the whole month next to it, of dates as many dates, and
 * of a period between instants one of the same length.
 *
 * @param nowMs milliseconds since 1970
 * @returns undefined if the filter selects no period, or if its neighbor lies in the future
 */
export function shiftPeriod(filter: PeriodFilter, by: -1 | 1, nowMs: number): Omit<PeriodFilter, 'zone'> | undefined {
  const resolved = resolvePeriod(filter, nowMs);
  if (resolved === undefined) return undefined;
  const { zone } = filter;
  const shifted = resolved.month ? shiftMonth(resolved.month, by, zone) : shiftOther(filter, resolved.period, by);
  if (shifted.startMs >= nowMs || shifted.startMs < 0) return undefined;
  const name = NAMED.find((period) => startOf({ ...filter, period }, nowMs) === shifted.startMs);
  if (resolved.month && name) return { period: name, from: null, to: null };
  return zoomFilter(shifted, zone, nowMs);
}

function shiftMonth({ startMs }: Period, by: -1 | 1, zone: string): Period {
  const start = toZonedTime(startMs, zone).add({ months: by });
  return { startMs: start.epochMilliseconds, endMs: start.add({ months: 1 }).epochMilliseconds };
}

function shiftOther({ from, to, zone }: PeriodFilter, period: Period, by: -1 | 1): Period {
  const isByInstant = [from, to].some((text) => text?.includes('T'));
  if (isByInstant) {
    const byMs = by * (period.endMs - period.startMs);
    return { startMs: period.startMs + byMs, endMs: period.endMs + byMs };
  }
  const start = toZonedTime(period.startMs, zone);
  const dates = datesOf(period, zone);
  const days = start.toPlainDate().until(dates.to).days + 1;
  const shifted = start.add({ days: by * days });
  return { startMs: shifted.epochMilliseconds, endMs: shifted.add({ days }).epochMilliseconds };
}

function startOf(filter: PeriodFilter, nowMs: number): number | undefined {
  return resolvePeriod(filter, nowMs)?.period.startMs;
}
