import type { Availability } from './downtime';

/** The figures of reliability engineering about a period. Times are whole milliseconds; null where undefined. */
export interface Summary {
  /** Number of downtimes. */
  outages: number;
  longestDowntimeMs: number | null;
  /** Mean duration of a downtime. */
  meanTimeToRecoveryMs: number | null;
  /** Mean time in which the chat was up, per downtime. */
  meanTimeBetweenFailuresMs: number | null;
}

/** Sums up a report. */
export function summarize({ downtimes, totalDowntimeMs, totalTimeMs }: Availability): Summary {
  const outages = downtimes.length;
  if (outages === 0) {
    return { outages, longestDowntimeMs: null, meanTimeToRecoveryMs: null, meanTimeBetweenFailuresMs: null };
  }
  return {
    outages,
    longestDowntimeMs: downtimes.reduce((longest, { durationMs }) => Math.max(longest, durationMs), 0),
    meanTimeToRecoveryMs: Math.round(totalDowntimeMs / outages),
    meanTimeBetweenFailuresMs: Math.round((totalTimeMs - totalDowntimeMs) / outages),
  };
}
