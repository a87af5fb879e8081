import type { Period } from '../availability/period';
import { DAY_MS, LocalTime } from './local-time';
import type { DailyInterval, WeeklyHours } from './weekly-hours';

/** When a team is there. Local times, and the zone that they are in. */
export interface OpeningHours {
  /** A name in the IANA database. */
  timeZone: string;
  /** In order of their dates. The first one also applies to all dates before it. */
  versions: OpeningHoursVersion[];
  /** Hours of single dates, such as holidays. */
  exceptions?: OpeningHoursException[];
  /** Time that does not count, whatever the hours say. */
  exclusions?: Exclusion[];
}

/** The hours of a week, from a date on. */
export interface OpeningHoursVersion {
  /** `YYYY-MM-DD` */
  validFrom?: string;
  hours: WeeklyHours;
}

/** The hours of a date. They replace what starts on it. */
export interface OpeningHoursException {
  /** `YYYY-MM-DD` */
  date: string;
  /** None if it is closed. */
  hours: DailyInterval[];
  /** Such as the name of a holiday. */
  name?: string;
}

/** Time that was agreed not to count, such as maintenance. */
export interface Exclusion extends Period {
  reason: string;
}

const MINUTE_MS = 60_000;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3;

/** Finds the open time of a period: intervals in order of time, apart from each other, and clipped to the period. */
export function openIntervals(openingHours: OpeningHours, { start, end }: Period): Period[] {
  const [startMs, endMs] = [start.getTime(), end.getTime()];
  const intervals: [number, number][] = [];
  const daily = [...dailyIntervals(openingHours, startMs, endMs)].sort(([one], [other]) => one - other);
  for (const [openMs, closeMs] of daily) {
    const [from, to] = [Math.max(openMs, startMs), Math.min(closeMs, endMs)];
    const last = intervals.at(-1);
    if (to <= from) continue;
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else intervals.push([from, to]);
  }
  return withoutExclusions(intervals, openingHours.exclusions ?? []).map(([from, to]) => ({
    start: new Date(from),
    end: new Date(to),
  }));
}

/** Finds the exceptions of the local dates of a period, in order of their dates. */
export function exceptionsIn(
  { timeZone, exceptions = [] }: OpeningHours,
  { start, end }: Period,
): OpeningHoursException[] {
  const local = new LocalTime(timeZone, start.getTime(), end.getTime());
  const [firstDay, lastDay] = [local.dayOf(start.getTime()), local.dayOf(end.getTime() - 1)];
  const dayOf = ({ date }: OpeningHoursException) => Date.parse(date);
  return exceptions
    .filter((exception) => dayOf(exception) >= firstDay && dayOf(exception) <= lastDay)
    .sort((one, other) => dayOf(one) - dayOf(other));
}

/** Yields what starts on each local date around a period. */
function* dailyIntervals(
  { timeZone, versions, exceptions = [] }: OpeningHours,
  startMs: number,
  endMs: number,
): Generator<[number, number]> {
  const local = new LocalTime(timeZone, startMs, endMs);
  const startsOf = versions.map(({ validFrom }) => (validFrom === undefined ? -Infinity : Date.parse(validFrom)));
  const exceptional = new Map(exceptions.map(({ date, hours }) => [Date.parse(date), hours]));
  let version = 0;
  // What starts on a date may end on the next one.
  const firstDay = local.dayOf(startMs) - DAY_MS;
  const lastDay = local.dayOf(endMs);
  for (let day = firstDay; day <= lastDay; day += DAY_MS) {
    while (startsOf[version + 1]! <= day) version++;
    const weekday = (day / DAY_MS + FIRST_WEEKDAY) % 7;
    const intervals = exceptional.get(day) ?? versions[version]!.hours[weekday < 0 ? weekday + 7 : weekday]!;
    for (const { start, end } of intervals) {
      yield [local.toInstant(day + start * MINUTE_MS), local.toInstant(day + end * MINUTE_MS)];
    }
  }
}

/** Cuts exclusions out of intervals that are in order of time and apart from each other, in one pass over both. */
function withoutExclusions(intervals: [number, number][], exclusions: Exclusion[]): [number, number][] {
  const cuts = exclusions
    .map(({ start, end }): [number, number] => [start.getTime(), end.getTime()])
    .sort(([one], [other]) => one - other);
  const left: [number, number][] = [];
  let next = 0;
  // Time before it is cut out; later exclusions may end earlier.
  let cutUntil = -Infinity;
  for (const [openMs, closeMs] of intervals) {
    let from = Math.max(openMs, cutUntil);
    for (; next < cuts.length && cuts[next]![0] < closeMs; next++) {
      const [cutFrom, cutTo] = cuts[next]!;
      if (from < cutFrom) left.push([from, cutFrom]);
      cutUntil = Math.max(cutUntil, cutTo);
      from = Math.max(from, cutUntil);
    }
    if (from < closeMs) left.push([from, closeMs]);
  }
  return left;
}
