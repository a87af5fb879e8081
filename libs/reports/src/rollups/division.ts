/** Divides a range into stored days and the rest. Days are numbered since 1970, in UTC. */

import type { Days } from './stored-days.sql';

/** A part of a range; the parts are in order of time. */
export type Part =
  | { kind: 'stored'; days: Days }
  /** Both ends are inclusive, in milliseconds since 1970. */
  | { kind: 'rest'; startMs: number; endMs: number };

/** The days of which every millisecond lies in a range; the range includes its end. */
export function daysWithin(start: Date, end: Date, dayMs: number): Days {
  return { from: Math.ceil(start.getTime() / dayMs), until: Math.floor((end.getTime() + 1) / dayMs) };
}

/**
 * Divides a range.
 *
 * @param stored the stored days in the range, in order
 */
export function divideRange(start: Date, end: Date, stored: number[], dayMs: number): Part[] {
  const parts: Part[] = [];
  let nextMs = start.getTime();
  for (const { from, until } of runsOf(stored)) {
    if (nextMs < from * dayMs) parts.push({ kind: 'rest', startMs: nextMs, endMs: from * dayMs - 1 });
    parts.push({ kind: 'stored', days: { from, until } });
    nextMs = until * dayMs;
  }
  if (nextMs <= end.getTime()) parts.push({ kind: 'rest', startMs: nextMs, endMs: end.getTime() });
  return parts;
}

/** Groups consecutive days. */
function runsOf(days: number[]): Days[] {
  const runs: Days[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.until === day) last.until = day + 1;
    else runs.push({ from: day, until: day + 1 });
  }
  return runs;
}
