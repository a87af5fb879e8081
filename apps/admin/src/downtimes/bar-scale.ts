/** How long bars are. */
export interface BarScale {
  /** Returns the length of a bar, as a share of the longest. */
  shareOf: (durationMs: number) => number;
  /** Durations in milliseconds that are marked, since the scale is logarithmic; none if it is linear. */
  marks: number[];
}

/** All but the longest twentieth. */
const MOST = 0.95;
/** How much longer than most the longest may be, so that a linear scale still tells the others apart. */
const LINEAR_RATIO = 5;
const SECOND_MS = 1000;
/** A minute, an hour, a day. */
const MARKS = [60_000, 3_600_000, 86_400_000];

/** Chooses the scale for some durations in milliseconds: linear, or logarithmic from a second on if few are far longer than all others. */
export function barScale(durations: readonly number[]): BarScale {
  const sorted = Float64Array.from(durations).sort();
  const [most, longest] = [sorted[Math.ceil(sorted.length * MOST) - 1] ?? 1, sorted.at(-1) ?? 1];
  if (longest <= Math.max(SECOND_MS, LINEAR_RATIO * most))
    return { shareOf: (durationMs) => durationMs / longest, marks: [] };
  const shareOf = (durationMs: number) => Math.log(Math.max(1, durationMs / SECOND_MS)) / Math.log(longest / SECOND_MS);
  return { shareOf, marks: MARKS.filter((mark) => mark < longest) };
}

/** Draws the marks of a scale as a CSS background. */
export function drawMarks({ shareOf, marks }: BarScale): string {
  const lines = marks.map(
    (mark) => `linear-gradient(var(--no-data) 0 0) ${shareOf(mark) * 100}% 0 / 1px 100% no-repeat`,
  );
  return lines.join(', ') || 'none';
}
