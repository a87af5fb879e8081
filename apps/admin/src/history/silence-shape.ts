import { visibleShares } from './visible-shares';

/** Where something lies on a strip: 0 is its start, 1 its end. */
export interface Span {
  from: number;
  to: number;
}

/** Spans of at least as many bins are drawn from their start to their end. */
const LONG_BINS = 2;

/**
 * Draws spans on a strip that is divided into bins, as one SVG path: long ones from their start to their end, and of the others in each
 * bin as much of the strip's width as their share. The area is the share of the time, however many spans there are and however short
 * each is, and a single short one is still seen.
 *
 * @param spans in any order, without overlaps
 * @param bins the length of the strip in SVG units; its width is 1
 */
export function silenceShape(spans: readonly Span[], bins: number, direction: 'down' | 'right'): string {
  const isLong = ({ from, to }: Span) => (to - from) * bins >= LONG_BINS;
  const isDown = direction === 'down';
  const draw = (start: number, end: number, share: number) => {
    const width = round(isDown ? share : 1 - share);
    return isDown ? `M0 ${start}H${width}V${end}H0z` : `M${start} 1V${width}H${end}V1z`;
  };
  const shares = visibleShares(
    sharesOf(
      spans.filter((span) => !isLong(span)),
      bins,
    ),
  );
  let path = spans
    .filter(isLong)
    .map(({ from, to }) => draw(round(from * bins), round(to * bins), 1))
    .join('');
  for (let start = 0; start < bins;) {
    const share = shares[start]!;
    let end = start + 1;
    while (end < bins && shares[end] === share) end++;
    if (share > 0) path += draw(start, end, share);
    start = end;
  }
  return path;
}

function sharesOf(spans: readonly Span[], bins: number): number[] {
  const shares = Array.from({ length: bins }, () => 0);
  for (const { from, to } of spans) {
    const last = Math.min(bins, Math.ceil(to * bins));
    for (let bin = Math.max(0, Math.floor(from * bins)); bin < last; bin++)
      shares[bin]! += Math.min(to * bins, bin + 1) - Math.max(from * bins, bin);
  }
  // Ends of spans that meet are not exactly equal.
  return shares.map((share) => (share > 1 - 1e-6 ? 1 : share));
}

function round(length: number): number {
  return Number(length.toFixed(3));
}
