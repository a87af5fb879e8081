import { DAY_MS } from './local-time';
import { openIntervals, type OpeningHours } from './opening-hours';

/** When a team is closed. */
export interface Closure {
  /** The last time that it was open; undefined if it was not in the year before. */
  closedSince?: Date;
  /** The next time that it is open; undefined if it is not in the year to come. */
  opensAt?: Date;
}

/** A week is enough for most hours, a year for all that ever repeat. */
const REACH_DAYS = [8, 366];

/** Finds the closed time around an instant; undefined if a team is open then. */
export function closureAt(openingHours: OpeningHours, instant: Date): Closure | undefined {
  const after = (days: number) => new Date(instant.getTime() + days * DAY_MS);
  const find = <Found>(look: (days: number) => Found | undefined) =>
    REACH_DAYS.reduce<Found | undefined>((found, days) => found ?? look(days), undefined);
  const opensAt = find((days) => openIntervals(openingHours, { start: instant, end: after(days) })[0]?.start);
  if (opensAt?.getTime() === instant.getTime()) return undefined;
  const closedSince = find((days) => openIntervals(openingHours, { start: after(-days), end: instant }).at(-1)?.end);
  return { closedSince, opensAt };
}
