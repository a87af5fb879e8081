import type { Temporal } from 'temporal-polyfill';
import { datesOf, type Period, toZonedTime } from './period';
import { readPeriodEnd } from './period-end';

/** The periods that can be chosen by name. All except the last month and `custom` end now. */
export const PRESETS = ['today', '7-days', '30-days', '90-days', 'this-month', 'last-month', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];

/** The period to show: a preset, or `custom` with both ends. */
export interface PeriodFilter {
  period: Preset;
  /** For `custom`: an ISO 8601 date in `zone`, or an instant. */
  from: string | null;
  /** For `custom`: an ISO 8601 date in `zone`, included in the period, or an instant. */
  to: string | null;
  /** IANA time zone in which days and months begin. */
  zone: string;
}

/** A period and the one it is compared with. */
export interface ComparedPeriod {
  period: Period;
  before: Period;
  /** The calendar month, if the period is one or the part of one until now: an error budget is that of the month. */
  month?: Period;
}

/** How far back the period lies that another one is compared with. */
type Length = { months: 1; days?: undefined } | { days: number; months?: undefined };

/**
 * Turns a filter into a period. A month is compared with the same part of the month before, and other dates with as many days
 * right before them, whatever the clocks do in between; the same dates give the same whether they are chosen by name or typed. A
 * period between instants is compared with the equally long one before it. A period ends now at the latest, since silence in the
 * future means nothing.
 *
 * @param nowMs milliseconds since 1970
 * @returns undefined if nothing is left, or if an end of a custom period is missing
 */
export function resolvePeriod(filter: PeriodFilter, nowMs: number): ComparedPeriod | undefined {
  const compared =
    filter.period === 'custom' ? resolveCustom(filter, nowMs) : resolvePreset(filter.period, filter, nowMs);
  return compared.period.endMs > compared.period.startMs ? compared : undefined;
}

/** Explains to the reader why `resolvePeriod` returned nothing. */
export function explainNoPeriod({ from, to, zone }: PeriodFilter): 'incomplete' | 'notStarted' | 'reversed' {
  const [first, last] = [readPeriodEnd(from ?? '', zone), readPeriodEnd(to ?? '', zone)];
  if (first === undefined || last === undefined) return 'incomplete';
  return last.endMs > first.startMs ? 'notStarted' : 'reversed';
}

/**
 * Returns the filter that selects exactly this period: by dates if it consists of whole days, or of days up to now, and
 * otherwise by instants.
 *
 * @param nowMs milliseconds since 1970
 */
export function zoomFilter(period: Period, zone: string, nowMs: number): Omit<PeriodFilter, 'zone'> {
  const dates = datesOf(period, zone);
  const endOfDayMs = readPeriodEnd(dates.to, zone)!.endMs;
  const endsNow = endOfDayMs > nowMs && period.endMs === nowMs;
  const isWholeDays =
    readPeriodEnd(dates.from, zone)!.startMs === period.startMs && (endOfDayMs === period.endMs || endsNow);
  if (isWholeDays) return { period: 'custom', ...dates };
  const [from, to] = [period.startMs, period.endMs].map((ms) => toZonedTime(ms, 'UTC').toInstant().toString());
  return { period: 'custom', from: from!, to: to! };
}

function resolvePreset(preset: Exclude<Preset, 'custom'>, { zone }: PeriodFilter, nowMs: number): ComparedPeriod {
  const now = toZonedTime(nowMs, zone);
  const today = now.startOfDay();
  const month = today.with({ day: 1 }).startOfDay();
  switch (preset) {
    case 'today':
      return comparedWith(today, now, { days: 1 });
    case '7-days':
    case '30-days':
    case '90-days': {
      const start = today.subtract({ days: Number.parseInt(preset) - 1 }).startOfDay();
      return comparedWith(start, now, calendarLength(start, now, true));
    }
    case 'this-month':
      return comparedWith(month, now, { months: 1 });
    case 'last-month':
      return comparedWith(month.subtract({ months: 1 }).startOfDay(), month, { months: 1 });
  }
}

function resolveCustom({ from, to, zone }: PeriodFilter, nowMs: number): ComparedPeriod {
  const startMs = readPeriodEnd(from ?? '', zone)?.startMs ?? NaN;
  const endMs = Math.min(readPeriodEnd(to ?? '', zone)?.endMs ?? NaN, nowMs);
  const isByDate = endMs > startMs && ![from, to].some((text) => text!.includes('T'));
  if (!isByDate)
    return { period: { startMs, endMs }, before: { startMs: startMs - (endMs - startMs), endMs: startMs } };
  const [start, end] = [toZonedTime(startMs, zone), toZonedTime(endMs, zone)];
  return comparedWith(start, end, calendarLength(start, end, endMs === nowMs));
}

/** A month, whole or to date, is a month long, and any other period as many days as it touches. A day alone is a day. */
function calendarLength(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime, endsNow: boolean): Length {
  const [first, last] = [start.toPlainDate(), end.subtract({ milliseconds: 1 }).toPlainDate()];
  const isInOneMonth = first.day === 1 && last.day > 1 && first.toPlainYearMonth().equals(last.toPlainYearMonth());
  if (isInOneMonth && (endsNow || last.day === last.daysInMonth)) return { months: 1 };
  return { days: first.until(last).days + 1 };
}

function comparedWith(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime, length: Length): ComparedPeriod {
  const compared = { period: periodOf(start, end), before: periodOf(start.subtract(length), end.subtract(length)) };
  return length.months === undefined ? compared : { ...compared, month: periodOf(start, start.add(length)) };
}

function periodOf(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): Period {
  return { startMs: start.epochMilliseconds, endMs: end.epochMilliseconds };
}
