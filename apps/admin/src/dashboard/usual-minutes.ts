import type { Downtime } from '../availability/report';

/** So many outages are hard to judge one by one. */
const MANY = 100;

/** Outages above this are not called short. */
const SHORT_MINUTES = 10;

/**
 * Returns how many minutes most of many outages do not reach.
 *
 * @returns a whole number; undefined if there are few outages, or long ones
 */
export function usualMinutes(downtimes: readonly Pick<Downtime, 'duration'>[]): number | undefined {
  if (downtimes.length < MANY) return undefined;
  const lengths = Float64Array.from(downtimes, ({ duration }) => duration).sort();
  const minutes = Math.floor(lengths[Math.floor(lengths.length / 2)]! / 60_000) + 1;
  return minutes <= SHORT_MINUTES ? minutes : undefined;
}
