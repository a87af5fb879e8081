import type { Span } from './silence-shape';

/** Returns the index of the span nearest to a position from 0 to 1, or -1 if none is within reach. */
export function findSpan(spans: readonly Span[], at: number, reach: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.to < at) low = middle + 1;
    else high = middle;
  }
  const distance = (index: number) => {
    const span = spans[index];
    return span === undefined ? Infinity : Math.max(span.from - at, at - span.to, 0);
  };
  const nearest = distance(low) <= distance(low - 1) ? low : low - 1;
  return distance(nearest) <= reach ? nearest : -1;
}
