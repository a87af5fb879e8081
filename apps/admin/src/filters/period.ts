import { Temporal } from 'temporal-polyfill';

/** From start to end, in milliseconds since 1970. */
export interface Period {
  startMs: number;
  endMs: number;
}

/** Periods that are chosen by name, and how long they are. All end now, but the last month. */
export const PRESETS = ['today', '7-days', '30-days', '90-days', 'this-month', 'last-month', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];

/** What is asked for: a preset, or with `custom` its ends. */
export interface PeriodFilter {
  period: Preset;
  /** For `custom`: a date of the time zone, the last one included, or an instant. ISO 8601. */
  from: string | null;
  to: string | null;
  /** IANA time zone, whose days and months count. */
  zone: string;
}

/** A period, and the one to compare it with. */
export interface ComparedPeriod {
  period: Period;
  before: Period;
}

/**
 * The period that is asked for. It is compared with one as long right before it, or with the same part of the month
 * before. The future is cut off, since nobody was silent in it.
 *
 * @returns undefined if nothing is left, or a custom period lacks an end
 */
export function resolvePeriod(filter: PeriodFilter, nowMs: number): ComparedPeriod | undefined {
  const compared =
    filter.period === 'custom' ? resolveCustom(filter, nowMs) : resolvePreset(filter.period, filter, nowMs);
  return compared.period.endMs > compared.period.startMs ? compared : undefined;
}

/** Why there is nothing to resolve. */
export function explainNoPeriod({ from, to, zone }: PeriodFilter): string {
  const [first, last] = [readEnd(from ?? '', zone), readEnd(to ?? '', zone)];
  if (first === undefined || last === undefined) return 'Choose the first and the last day';
  return last.endMs > first.startMs ? 'This period has not begun' : 'This period has to end after it begins';
}

export type Interval = 'hour' | 'day' | 'week' | 'month';

/** How a period is cut into bars: few enough to see, enough to tell. */
export function intervalFor({ startMs, endMs }: Period): Interval {
  const days = (endMs - startMs) / 86_400_000;
  if (days <= 2.1) return 'hour';
  if (days <= 100) return 'day';
  return days <= 400 ? 'week' : 'month';
}

/** The filter that shows one bar alone: its dates if it is made of whole days, or of one until now, and else its instants. */
export function zoomFilter(period: Period, zone: string, nowMs: number): Omit<PeriodFilter, 'zone'> {
  const dates = datesOf(period, zone);
  const endOfDayMs = readEnd(dates.to, zone)!.endMs;
  const isUntilNow = endOfDayMs > nowMs && period.endMs === nowMs;
  const isWholeDays =
    readEnd(dates.from, zone)!.startMs === period.startMs && (endOfDayMs === period.endMs || isUntilNow);
  if (isWholeDays) return { period: 'custom', ...dates };
  const [from, to] = [period.startMs, period.endMs].map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toString());
  return { period: 'custom', from: from!, to: to! };
}

/** The date that it is in a time zone. */
export function todayIn(zone: string): string {
  return Temporal.Now.plainDateISO(zone).toString();
}

/** The first and last date of a period in a time zone. */
export function datesOf({ startMs, endMs }: Period, zone: string): { from: string; to: string } {
  const [from, to] = [startMs, endMs - 1].map((ms) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString(),
  );
  return { from: from!, to: to! };
}

/** The dates of the days up to an instant. */
export function daysUntil(ms: number, days: number, zone: string): { from: string; to: string } {
  const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
  return { from: date.subtract({ days: days - 1 }).toString(), to: date.toString() };
}

/** Whether a text can stand at an end of a custom period. */
export function isPeriodEnd(text: string): boolean {
  return readEnd(text, 'UTC') !== undefined;
}

/** Whether the browser knows a time zone by this name. An offset is none: its days would not follow anyone's clocks. */
export function isZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat(undefined, { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function resolvePreset(preset: Exclude<Preset, 'custom'>, { zone }: PeriodFilter, nowMs: number): ComparedPeriod {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
  const today = now.startOfDay();
  const month = today.with({ day: 1 }).startOfDay();
  switch (preset) {
    case 'today':
      return comparedWith(today, now, { days: 1 });
    case '7-days':
    case '30-days':
    case '90-days': {
      const days = Number.parseInt(preset);
      return comparedWith(today.subtract({ days: days - 1 }).startOfDay(), now, { days });
    }
    case 'this-month':
      return comparedWith(month, now, { months: 1 });
    case 'last-month':
      return comparedWith(month.subtract({ months: 1 }).startOfDay(), month, { months: 1 });
  }
}

function resolveCustom({ from, to, zone }: PeriodFilter, nowMs: number): ComparedPeriod {
  const startMs = readEnd(from ?? '', zone)?.startMs ?? NaN;
  const endMs = Math.min(readEnd(to ?? '', zone)?.endMs ?? NaN, nowMs);
  return { period: { startMs, endMs }, before: { startMs: startMs - (endMs - startMs), endMs: startMs } };
}

/** Nobody chatted before; and a period of all time has one before it, too. */
const FIRST_YEAR = 1970;

/** A date is all of its day, an instant itself. */
function readEnd(text: string, zone: string): Period | undefined {
  try {
    if (text.includes('T')) {
      const ms = Temporal.Instant.from(text).epochMilliseconds;
      if (ms < 0) return undefined;
      return { startMs: ms, endMs: ms };
    }
    const date = Temporal.PlainDate.from(text);
    if (date.year < FIRST_YEAR) return undefined;
    const [start, end] = [date, date.add({ days: 1 })].map((day) => day.toZonedDateTime(zone).epochMilliseconds);
    return { startMs: start!, endMs: end! };
  } catch {
    return undefined;
  }
}

function comparedWith(
  start: Temporal.ZonedDateTime,
  end: Temporal.ZonedDateTime,
  distance: Temporal.DurationLike,
): ComparedPeriod {
  return { period: periodOf(start, end), before: periodOf(start.subtract(distance), end.subtract(distance)) };
}

function periodOf(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): Period {
  return { startMs: start.epochMilliseconds, endMs: end.epochMilliseconds };
}
