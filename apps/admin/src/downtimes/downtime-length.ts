import type { Downtime, Report } from '../availability/report';

type Totals = Pick<Report, 'down_times' | 'total_down_time'>;

/**
 * Returns the difference between the start and the end of a downtime as they are written, without fractions of seconds. With
 * closed time in between, or below a second, it is the duration. Milliseconds.
 */
export function shownLengthMs({ start_time: start, end_time: end, duration }: Downtime): number {
  const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
  const shownMs = Math.floor(endMs / 1000) * 1000 - Math.floor(startMs / 1000) * 1000;
  return duration === endMs - startMs && duration >= 1000 ? shownMs : duration;
}

/** Returns the downtime of a report as it is written: of a single outage, that is its length. Milliseconds. */
export function shownTotalMs({ down_times: downtimes, total_down_time: totalMs }: Totals): number {
  return downtimes.length === 1 ? shownLengthMs(downtimes[0]!) : totalMs;
}

/** Returns the longest of some downtimes, and of equally long ones the first; undefined if there are none. */
export function longestOf(downtimes: readonly Downtime[]): Downtime | undefined {
  return longestFew(downtimes, 1)[0];
}

/** Returns the few longest of many downtimes, the longest first: faster than sorting all of them. */
export function longestFew(downtimes: readonly Downtime[], count: number): Downtime[] {
  const longest: Downtime[] = [];
  for (const downtime of downtimes) {
    if (longest.length === count && downtime.duration <= longest.at(-1)!.duration) continue;
    longest.push(downtime);
    longest.sort((one, other) => other.duration - one.duration).splice(count);
  }
  return longest;
}
