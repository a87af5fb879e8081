import { earlier, later, type Period } from '../availability/period';
import { type Exclusion, openIntervals, type OpeningHours } from './opening-hours';

/** A time that does not count. */
export interface ClosedTime extends Period {
  /** Of the exclusion that takes it out; undefined outside the weekly hours and their exceptions. Where exclusions overlap, of the first. */
  reason?: string;
}

/**
 * Finds the time of a period that does not count: all that `openIntervals` leaves out. In order of time, without overlaps, and
 * clipped to the period. Time outside the hours comes without a reason, even where an exclusion covers it too.
 */
export function closedTimes({ exclusions = [], ...hours }: OpeningHours, period: Period): ClosedTime[] {
  const open = openIntervals(hours, period);
  const closed: ClosedTime[] = [...gapsBetween(open, period), ...excludedParts(open, exclusions)];
  return closed.sort((one, other) => one.start.getTime() - other.start.getTime());
}

/** What lies between intervals that are in order of time and apart from each other. */
function gapsBetween(intervals: Period[], { start, end }: Period): Period[] {
  const starts = [start, ...intervals.map((interval) => interval.end)];
  return starts
    .map((from, index) => ({ start: from, end: intervals[index]?.start ?? end }))
    .filter((gap) => gap.start < gap.end);
}

/** The parts of open intervals that exclusions take out, in one pass over both. */
function excludedParts(open: Period[], exclusions: Exclusion[]): ClosedTime[] {
  const parts: ClosedTime[] = [];
  let next = 0;
  // Earlier exclusions have taken out what lies before it; they may end later than those that follow.
  let until = new Date(-8.64e15);
  for (const { start, end, reason } of exclusions.toSorted(
    (one, other) => one.start.getTime() - other.start.getTime(),
  )) {
    const from = later(start, until);
    until = later(until, end);
    while (next < open.length && open[next]!.end <= from) next++;
    for (let index = next; index < open.length && open[index]!.start < end; index++) {
      const part = { start: later(open[index]!.start, from), end: earlier(open[index]!.end, end), reason };
      if (part.start < part.end) parts.push(part);
    }
  }
  return parts;
}
