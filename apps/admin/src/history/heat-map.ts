import { clockTimeOf, type LocalDay } from '../time/local-days';
import type { Period } from '../time/period';
import type { DayStrip } from './day-strips';

/** One hour of one weekday, over all weeks. Milliseconds. */
export interface HeatCell {
  silentMs: number;
  observedMs: number;
}

const HOUR_MS = 3_600_000;

/** Adds up each hour of each weekday: seven rows, from Monday, of 24 cells. An hour that comes twice counts twice. */
export function heatMapOf(strips: readonly DayStrip[]): HeatCell[][] {
  const rows = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => ({ silentMs: 0, observedMs: 0 })));
  for (const { day, silent, observed } of strips) {
    const row = rows[day.weekday - 1]!;
    addByHour(silent, day, (hour, ms) => (row[hour]!.silentMs += ms));
    addByHour(observed, day, (hour, ms) => (row[hour]!.observedMs += ms));
  }
  return rows;
}

function addByHour(parts: readonly Period[], day: LocalDay, add: (hour: number, ms: number) => void): void {
  for (const { startMs, endMs } of parts) {
    for (let atMs = startMs; atMs < endMs;) {
      const clockMs = clockTimeOf(day, atMs);
      const hour = Math.floor(clockMs / HOUR_MS);
      const ends = [endMs, atMs + (hour + 1) * HOUR_MS - clockMs];
      if (day.change && atMs < day.change.atMs) ends.push(day.change.atMs);
      const until = Math.min(...ends);
      add(hour, until - atMs);
      atMs = until;
    }
  }
}
