/**
 * What silence costs: the rule that turns the silences of a chat into downtimes and a percentage. Pure; it must know no
 * clock, database or framework.
 */

import type { Period } from './period';

/** Silence up to this long is not downtime, unless an application decides otherwise. */
export const DOWNTIME_THRESHOLD_MS = 120_000;

/** Time in which the chat counts as down. */
export interface Downtime extends Period {
  durationMs: number;
  /** Session of the last message before the chat went silent. */
  sessionId: string;
  /** True if no message has ended it until now. */
  ongoing?: true;
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

/** Time between two consecutive messages, or since the last one. */
export interface SilenceInTime {
  start: Date;
  end?: Date;
  sessionId: string;
}

/**
 * Applies the rule: a silence of more than the threshold is downtime from the threshold after the last message until the
 * next one, as far as it lies within the period.
 *
 * @param period the whole time looked at
 * @param silences in order of time; those that are not longer than the threshold count nothing
 * @param thresholdMs whole milliseconds
 * @param now ends a silence that no message has ended, and keeps the future from counting
 */
export function measureAvailability(
  period: Period,
  silences: SilenceInTime[],
  thresholdMs: number,
  now = period.end,
): Availability {
  const until = earlier(period.end, now);
  const downtimes = silences
    .map(({ start, end, sessionId }) =>
      toDowntime(
        later(new Date(start.getTime() + thresholdMs), period.start),
        earlier(end ?? until, until),
        sessionId,
        end === undefined,
      ),
    )
    .filter(({ durationMs }) => durationMs > 0);
  const totalDowntimeMs = downtimes.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const totalTimeMs = durationOf(period);
  return {
    availabilityPercentage: percentageOf(totalTimeMs, totalDowntimeMs),
    downtimes,
    totalDowntimeMs,
    totalTimeMs,
  };
}

/** `((total_time - total_down_time) / total_time) * 100`, evaluated in that order. */
export function percentageOf(totalTimeMs: number, totalDowntimeMs: number): number {
  return ((totalTimeMs - totalDowntimeMs) / totalTimeMs) * 100;
}

/** Milliseconds from the start of a period to its end. */
export function durationOf({ start, end }: Period): number {
  return end.getTime() - start.getTime();
}

export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function toDowntime(start: Date, end: Date, sessionId: string, isOngoing: boolean): Downtime {
  const downtime = { start, end, durationMs: durationOf({ start, end }), sessionId };
  return isOngoing ? { ...downtime, ongoing: true } : downtime;
}
