/**
 * What silence costs: the rule that turns the silences of a chat into downtimes and a percentage. Pure; it must know no
 * clock, database or framework.
 */

import type { Period } from './period';

/** Silence up to this long is not downtime. */
export const DOWNTIME_THRESHOLD_MS = 120_000;

/** Time in which the chat counts as down. */
export interface Downtime extends Period {
  durationMs: number;
  /** Session of the last message before the chat went silent. */
  sessionId: string;
}

/** How available a chat was in a period. */
export interface Availability {
  /** From 0 to 100, not rounded. */
  availabilityPercentage: number;
  /** In order of time; they do not overlap. */
  downtimes: Downtime[];
  totalDowntimeMs: number;
  totalTimeMs: number;
}

/**
 * Applies the rule: a silence of more than the threshold is downtime from `DOWNTIME_THRESHOLD_MS` after the last message
 * until the next one, and the percentage is `((total_time - total_down_time) / total_time) * 100` in that order of
 * operations.
 *
 * @param period the whole time looked at
 * @param silences times between consecutive messages within the period; shorter ones than the threshold count nothing
 */
export function measureAvailability(period: Period, silences: (Period & { sessionId: string })[]): Availability {
  const downtimes = silences
    .map(({ start, end, sessionId }) => downtime(new Date(start.getTime() + DOWNTIME_THRESHOLD_MS), end, sessionId))
    .filter(({ durationMs }) => durationMs > 0);
  const totalDowntimeMs = downtimes.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const totalTimeMs = durationMs(period);
  return {
    availabilityPercentage: ((totalTimeMs - totalDowntimeMs) / totalTimeMs) * 100,
    downtimes,
    totalDowntimeMs,
    totalTimeMs,
  };
}

function downtime(start: Date, end: Date, sessionId: string): Downtime {
  return { start, end, durationMs: durationMs({ start, end }), sessionId };
}

function durationMs({ start, end }: Period): number {
  return end.getTime() - start.getTime();
}
