import type { Downtime } from '../availability/report';

/**
 * Returns the difference between the start and the end of a downtime as they are written, without fractions of seconds. With
 * closed time in between, or below a second, it is the duration. Milliseconds.
 */
export function shownLengthMs({ start_time: start, end_time: end, duration }: Downtime): number {
  const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
  const shownMs = Math.floor(endMs / 1000) * 1000 - Math.floor(startMs / 1000) * 1000;
  return duration === endMs - startMs && duration >= 1000 ? shownMs : duration;
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
