import i18next from 'i18next';
import { numberFormat } from './locale';

/**
 * Formats a duration in its largest unit up to days and the next smaller one, rounded down: `1h 36m`, or `1h` if there are no minutes.
 * A negative one begins with a minus sign.
 */
export function formatDuration(durationMs: number): string {
  const text = formatUnits(Math.abs(durationMs), 2, formatShortUnit);
  return durationMs < 0 ? `−${text}` : text;
}

/** Formats a duration like `formatDuration`, but zero as a word. */
export function formatDurationOrNone(durationMs: number): string {
  return durationMs === 0 ? i18next.t('dashboard.none') : formatDuration(durationMs);
}

/** Formats a duration in all its units, rounded down to a second: `3h 22m 41s`. */
export function formatExactDuration(durationMs: number): string {
  return formatUnits(durationMs, UNITS.length, formatShortUnit);
}

/**
 * Returns the difference of two durations as they are written, so that the three agree. The exact one where these read the same, or are
 * not written to the same unit: from hours, minutes cannot be taken away.
 */
export function shownDifferenceMs(durationMs: number, otherMs: number): number {
  const [unitMs, otherUnitMs] = [smallestUnitMs(durationMs), smallestUnitMs(otherMs)];
  const exact = durationMs - otherMs;
  if (unitMs !== otherUnitMs) return exact;
  return (Math.floor(durationMs / unitMs) - Math.floor(otherMs / unitMs)) * unitMs || exact;
}

/** The unit to which `formatDuration` cuts a duration. */
function smallestUnitMs(durationMs: number): number {
  return UNITS[Math.min(largestUnitOf(durationMs) + 1, UNITS.length - 1)]![1];
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

const YEAR = ['year', 31_536_000_000] as const;

/** Formats a duration like `formatDuration`, but in words: `1 hour 36 minutes`. */
export function formatDurationInWords(durationMs: number): string {
  return formatUnits(durationMs, 2, formatLongUnit);
}

/** Formats a duration in its largest unit, rounded down: `44 min`. */
export function formatRoundedDuration(durationMs: number): string {
  const [unit, unitMs] = durationMs >= YEAR[1] ? YEAR : UNITS[largestUnitOf(durationMs)]!;
  return numberFormat({ style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(durationMs / unitMs));
}

type Unit = (typeof UNITS)[number][0] | 'millisecond';

/** Formats a duration in its largest unit up to days and some smaller ones, zeros left out; below a second, in milliseconds. */
function formatUnits(durationMs: number, most: number, formatOne: (count: number, unit: Unit) => string): string {
  if (durationMs < 1000) return formatOne(Math.floor(durationMs), 'millisecond');
  const first = largestUnitOf(durationMs);
  let restMs = durationMs;
  return UNITS.slice(first, first + most)
    .flatMap(([unit, unitMs]) => {
      const count = Math.floor(restMs / unitMs);
      restMs -= count * unitMs;
      return count > 0 ? [formatOne(count, unit)] : [];
    })
    .join(' ');
}

function largestUnitOf(durationMs: number): number {
  const found = UNITS.findIndex(([, unitMs]) => durationMs >= unitMs);
  return found === -1 ? UNITS.length - 1 : found;
}

/** Formats a count in the symbol of its unit. The browser's own short units are words in German, and in Australia end with a full stop. */
function formatShortUnit(count: number, unit: Unit): string {
  return i18next.t(`dashboard.units.${unit}`, { number: String(count) });
}

function formatLongUnit(count: number, unit: Unit): string {
  return numberFormat({ style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
