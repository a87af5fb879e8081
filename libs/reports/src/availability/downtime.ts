/**
 * The downtime rule: it turns the gaps between messages into downtimes and a percentage. It is pure: it must know
 * neither the current time nor any database or framework.
 */

import type { Gap } from '../messages/activity';
import { type Clock, elapsed, WALL_CLOCK } from './clock';
import { earlier, type Period } from './period';

/** Longest time between two messages without downtime, unless the application sets another threshold. */
export const DOWNTIME_THRESHOLD_MS = 120_000;

/** A time during which the chat counts as down. */
export interface Downtime extends Period {
  /** The whole milliseconds that count: without opening hours, all from start to end. */
  durationMs: number;
  /** Session of the last message before the gap. */
  sessionId: string;
  /** Present, and true, if no message has ended it yet. */
  ongoing?: true;
}

/** How available a chat was in a period. */
export interface Availability {
  /** From 0 to 100, not rounded; null if no time of the period counts, because it has no opening hours. */
  availabilityPercentage: number | null;
  /** In order of time, without overlaps. */
  downtimes: Downtime[];
  /** Sum of the durations in milliseconds. */
  totalDowntimeMs: number;
  /** The time of the period that counts, in milliseconds: without opening hours, its length. */
  totalTimeMs: number;
}

/**
 * Applies the rule: a gap becomes a downtime that starts one threshold after the last message and ends with the next
 * one, clipped to the period. Threshold and duration are measured by the clock; if it stands still at times, the
 * downtime starts as late and ends as early as that allows.
 *
 * @param gaps in order of time; those that are not longer than the threshold yield no downtime
 * @param thresholdMs whole milliseconds
 * @param asOf the instant that counts as now: a gap without an end is measured up to it, and later time does not count
 */
export function measureAvailability(
  period: Period,
  gaps: Gap[],
  thresholdMs: number,
  asOf = period.end,
  clock = WALL_CLOCK,
): Availability {
  const until = earlier(period.end, asOf);
  const [first, last] = [clock.read(period.start.getTime()), clock.read(until.getTime())];
  const downtimes: Downtime[] = [];
  for (const gap of gaps) {
    const from = Math.max(clock.read(gap.startMs) + thresholdMs, first);
    const to = gap.endMs === undefined ? last : Math.min(clock.read(gap.endMs), last);
    if (to > from) downtimes.push(toDowntime(gap, clock, from, to));
  }
  const totalDowntimeMs = downtimes.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const totalTimeMs = elapsed(clock, period.start, period.end);
  return {
    availabilityPercentage: totalTimeMs === 0 ? null : percentageOf(totalTimeMs, totalDowntimeMs),
    downtimes,
    totalDowntimeMs,
    totalTimeMs,
  };
}

/** `((totalTimeMs - totalDowntimeMs) / totalTimeMs) * 100`, evaluated in that order in double precision. */
export function percentageOf(totalTimeMs: number, totalDowntimeMs: number): number {
  return ((totalTimeMs - totalDowntimeMs) / totalTimeMs) * 100;
}

function toDowntime({ endMs, sessionId }: Gap, clock: Clock, from: number, to: number): Downtime {
  const downtime = { start: clock.latest(from), end: clock.earliest(to), durationMs: to - from, sessionId };
  return endMs === undefined ? { ...downtime, ongoing: true } : downtime;
}
