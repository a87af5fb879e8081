import i18next from 'i18next';
import prettyMilliseconds from 'pretty-ms';
import { numberFormat } from './locale';

/**
 * Formats a duration in its largest unit and the next smaller one, rounded down: `1h 36m`, or `1h` if there are no minutes. A negative
 * one begins with a minus sign.
 */
export function formatDuration(durationMs: number): string {
  const [first, second] = prettyMilliseconds(Math.abs(durationMs), {
    unitCount: 2,
    secondsDecimalDigits: 0,
    // Not all years are equally long.
    hideYear: true,
  }).split(' ');
  const isNext = second !== undefined && NEXT_UNIT[first!.at(-1)!] === second.at(-1);
  const text = isNext ? `${first} ${second}` : first!;
  return durationMs < 0 ? `−${text}` : text;
}

/** Formats a duration like `formatDuration`, but zero as a word. */
export function formatDurationOrNone(durationMs: number): string {
  return durationMs === 0 ? i18next.t('dashboard.none') : formatDuration(durationMs);
}

/** Formats a duration in all its units, rounded down to a second: `3h 22m 41s`. */
export function formatExactDuration(durationMs: number): string {
  return prettyMilliseconds(durationMs, { secondsDecimalDigits: 0, hideYear: true });
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
  return UNITS[Math.min(Math.max(DAY_INDEX, largestUnitOf(durationMs)) + 1, UNITS.length - 1)]![1];
}

const NEXT_UNIT: Record<string, string> = { d: 'h', h: 'm', m: 's' };

const UNITS = [
  ['year', 31_536_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

const DAY_INDEX = 1;

/**
 * Formats a duration in words of the browser's language, in its largest unit up to days and the next smaller one, rounded down:
 * `1 hour 36 minutes`.
 */
export function formatDurationInWords(durationMs: number): string {
  const first = Math.max(DAY_INDEX, largestUnitOf(durationMs));
  const [, unitMs] = UNITS[first]!;
  const second = largestUnitOf(durationMs % unitMs);
  const hasSecond = second === first + 1 && durationMs % unitMs >= 1000;
  const texts = [
    formatUnit(durationMs, first, 'long'),
    ...(hasSecond ? [formatUnit(durationMs % unitMs, second, 'long')] : []),
  ];
  return texts.join(' ');
}

/** Formats a duration in its largest unit, rounded down: `44 min`. */
export function formatRoundedDuration(durationMs: number): string {
  return formatUnit(durationMs, largestUnitOf(durationMs), 'short');
}

function largestUnitOf(durationMs: number): number {
  const found = UNITS.findIndex(([, unitMs]) => durationMs >= unitMs);
  return found === -1 ? UNITS.length - 1 : found;
}

function formatUnit(durationMs: number, index: number, unitDisplay: 'long' | 'short'): string {
  const [unit, unitMs] = UNITS[index]!;
  const format = numberFormat({ style: 'unit', unit, unitDisplay });
  return format.format(Math.floor(durationMs / unitMs));
}
