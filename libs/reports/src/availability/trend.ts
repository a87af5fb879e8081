import { type Downtime, durationOf, earlier, later, percentageOf } from './downtime';
import type { Period } from './period';

/** One part of a trend. */
export interface TrendBucket extends Period {
  /** From 0 to 100; null if nothing of the bucket was observed. */
  availabilityPercentage: number | null;
  totalDowntimeMs: number;
  totalTimeMs: number;
  /** Downtimes that touch the bucket; one across a boundary counts on both sides. */
  outages: number;
}

/**
 * Shares out the downtimes of a report among the buckets of its period, to the millisecond.
 *
 * @param buckets in order of time, without gaps
 * @param downtimes in order of time, within the buckets
 * @param observed the time of which messages tell anything, if there is any
 */
export function shareOut(buckets: Period[], downtimes: Downtime[], observed: Period | undefined): TrendBucket[] {
  let next = 0;
  return buckets.map((bucket) => {
    while (next < downtimes.length && downtimes[next]!.end <= bucket.start) next++;
    let totalDowntimeMs = 0;
    let outages = 0;
    for (let index = next; index < downtimes.length && downtimes[index]!.start < bucket.end; index++) {
      totalDowntimeMs += durationOf(overlap(bucket, downtimes[index]!));
      outages++;
    }
    const totalTimeMs = durationOf(bucket);
    const isObserved = observed !== undefined && observed.start < bucket.end && observed.end >= bucket.start;
    const availabilityPercentage = isObserved ? percentageOf(totalTimeMs, totalDowntimeMs) : null;
    return { ...bucket, availabilityPercentage, totalDowntimeMs, totalTimeMs, outages };
  });
}

function overlap(one: Period, other: Period): Period {
  return { start: later(one.start, other.start), end: earlier(one.end, other.end) };
}
