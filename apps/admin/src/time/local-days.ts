import { Temporal } from 'temporal-polyfill';
import { datesOf, type Period } from './period';

/** A date in a time zone, from its first instant to that of the next one: 23 or 25 hours where clocks change. */
export interface LocalDay extends Period {
  /** `2026-11-22` */
  date: string;
  /** 1 for Monday to 7 for Sunday. */
  weekday: number;
  /** What clocks show at the first instant: milliseconds since midnight. Not 0 where the change skips midnight. */
  firstMs: number;
  /** When clocks change on this day, and by how much. Milliseconds. */
  change?: { atMs: number; byMs: number };
}

const DAY_MS = 86_400_000;

/** Returns the days of a period in a time zone, in order. Dates that the zone skips are left out. */
export function localDays(period: Period, zone: string): LocalDay[] {
  const { from, to } = datesOf(period, zone);
  const [last, days] = [Temporal.PlainDate.from(to), [] as LocalDay[]];
  let date = Temporal.PlainDate.from(from);
  let start = date.toZonedDateTime(zone);
  while (Temporal.PlainDate.compare(date, last) <= 0) {
    const end = date.add({ days: 1 }).toZonedDateTime(zone);
    if (start.epochMilliseconds < end.epochMilliseconds && start.toPlainDate().equals(date))
      days.push(dayOf(start, end));
    [date, start] = [date.add({ days: 1 }), end];
  }
  return days;
}

/** Returns what clocks show at an instant of a day: milliseconds since midnight. One hour occurs twice where clocks are set back. */
export function clockTimeOf({ startMs, firstMs, change }: LocalDay, instantMs: number): number {
  return firstMs + instantMs - startMs + (change && instantMs >= change.atMs ? change.byMs : 0);
}

function dayOf(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): LocalDay {
  const [startMs, endMs] = [start.epochMilliseconds, end.epochMilliseconds];
  const firstMs = start.hour * 3_600_000 + start.minute * 60_000;
  const day = { date: start.toPlainDate().toString(), weekday: start.dayOfWeek, startMs, endMs, firstMs };
  // Most days have no change, and looking for one takes long.
  if (firstMs + endMs - startMs === DAY_MS) return day;
  const at = start.getTimeZoneTransition('next');
  if (!at || at.epochMilliseconds >= endMs) return day;
  return {
    ...day,
    change: { atMs: at.epochMilliseconds, byMs: (at.offsetNanoseconds - start.offsetNanoseconds) / 1e6 },
  };
}
