import { elapsed } from '../availability/clock';
import { earlier, later, type Period } from '../availability/period';
import { OpenClock } from './open-clock';
import { type Exclusion, openIntervals, type OpeningHours } from './opening-hours';

/** An exclusion within a period, and the open time that it takes away. */
export interface ExcludedTime extends Exclusion {
  /** Milliseconds of open time that do not count because of it; where exclusions overlap, because of the first of them. */
  durationMs: number;
}

/** Finds what the exclusions take away from a period, in order of time. */
export function excludedTime({ exclusions = [], ...hours }: OpeningHours, period: Period): ExcludedTime[] {
  const clock = new OpenClock(openIntervals(hours, period), period);
  let until = period.start;
  return exclusions
    .filter(({ start, end }) => start < period.end && end > period.start)
    .sort((one, other) => one.start.getTime() - other.start.getTime())
    .map(({ start, end, reason }) => {
      const clipped = { start: later(start, period.start), end: earlier(end, period.end) };
      const durationMs = Math.max(0, elapsed(clock, later(clipped.start, until), later(clipped.end, until)));
      until = later(until, clipped.end);
      return { ...clipped, durationMs, reason };
    });
}
