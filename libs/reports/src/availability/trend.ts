import { WALL_CLOCK } from './clock';
import { type Downtime, percentageOf } from './downtime';
import type { Period } from './period';

/** A bucket of a trend. */
export interface TrendBucket extends Period {
  /** From 0 to 100, not rounded; null if nothing in the bucket was observed. */
  availabilityPercentage: number | null;
  totalDowntimeMs: number;
  totalTimeMs: number;
  /** The observed time in milliseconds. */
  observedTimeMs: number;
  /** From 0 to 100, not rounded; null if there is no observed time. */
  observedAvailabilityPercentage: number | null;
  /** Number of downtimes that overlap the bucket; one that crosses a boundary counts on both sides. */
  outages: number;
}

/**
 * Allocates the downtimes of a report to the buckets of its period, to the millisecond.
 *
 * @param buckets in order of time, contiguous
 * @param downtimes in order of time, within the buckets
 * @param observed the observed time of the period; undefined if there is none
 * @param clock the clock by which the downtimes were measured
 */
export function allocateToBuckets(
  buckets: Period[],
  downtimes: Downtime[],
  observed: Period | undefined,
  clock = WALL_CLOCK,
): TrendBucket[] {
  // Comparing numbers takes a fraction of the time of comparing dates.
  const starts = downtimes.map(({ start }) => clock.read(start.getTime()));
  const ends = downtimes.map(({ end }) => clock.read(end.getTime()));
  const observedStartMs = observed?.start.getTime() ?? Infinity;
  const observedEndMs = observed?.end.getTime() ?? -Infinity;
  const [observedFrom, observedTo] = observed ? [clock.read(observedStartMs), clock.read(observedEndMs)] : [0, 0];
  let next = 0;
  return buckets.map(({ start, end }, index) => {
    const [from, to] = [clock.read(start.getTime()), clock.read(end.getTime())];
    while (ends[next]! <= from) next++;
    let totalDowntimeMs = 0;
    let outages = 0;
    // Where nothing counts, there is no outage either.
    for (let downtime = next; from < to && starts[downtime]! < to; downtime++) {
      totalDowntimeMs += Math.min(to, ends[downtime]!) - Math.max(from, starts[downtime]!);
      outages++;
    }
    const totalTimeMs = to - from;
    const endMs = end.getTime();
    // An instant on a boundary belongs to the bucket that starts there, and the end of the period to the last bucket.
    const isBeforeEnd = index === buckets.length - 1 ? observedStartMs <= endMs : observedStartMs < endMs;
    const isObserved = totalTimeMs > 0 && isBeforeEnd && observedEndMs >= start.getTime();
    const observedTimeMs = Math.max(0, Math.min(to, observedTo) - Math.max(from, observedFrom));
    return {
      start,
      end,
      availabilityPercentage: isObserved ? percentageOf(totalTimeMs, totalDowntimeMs) : null,
      totalDowntimeMs,
      totalTimeMs,
      observedTimeMs,
      observedAvailabilityPercentage: observedTimeMs > 0 ? percentageOf(observedTimeMs, totalDowntimeMs) : null,
      outages,
    };
  });
}
