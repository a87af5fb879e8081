import type { Availability } from './downtime';

/** Reliability metrics of a period. Times are whole milliseconds; null without downtimes. */
export interface Summary {
  /** Number of downtimes. */
  outages: number;
  longestDowntimeMs: number | null;
  /** Mean duration of a downtime: total downtime / number of downtimes. */
  meanTimeToRecoveryMs: number | null;
  /**
   * Operating time per failure, as usual for repairable systems: (total time - total downtime) / number of downtimes. Also
   * called mean uptime.
   */
  meanTimeBetweenFailuresMs: number | null;
}

/** Summarizes a report. Means are rounded to whole milliseconds. */
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
