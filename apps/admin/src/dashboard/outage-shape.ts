import type { Outage } from '../api/availability';
import type { Period } from '../filters/period';

/** Units from end to end of the drawn shape: finer than any screen. */
export const SHAPE_WIDTH = 4000;

/** The least that is seen of an outage. */
const MINIMUM_WIDTH = 4;

/** Where an outage is in its period, from 0 to 1. */
export interface Span {
  from: number;
  to: number;
}

export function toSpans(outages: Outage[], { startMs, endMs }: Period): Span[] {
  const shareOf = (time: string) => (Date.parse(time) - startMs) / (endMs - startMs);
  return outages.map(({ start_time, end_time }) => ({ from: shareOf(start_time), to: shareOf(end_time) }));
}

/** An SVG path of all spans, in order of time. What the eye cannot part is drawn as one. */
export function drawSpans(spans: Span[]): string {
  const parts: string[] = [];
  let from = -1;
  let to = -1;
  for (const span of spans) {
    const begin = Math.floor(span.from * SHAPE_WIDTH);
    const end = Math.max(Math.ceil(span.to * SHAPE_WIDTH), begin + MINIMUM_WIDTH);
    if (begin > to) {
      if (to > from) parts.push(`M${from} 0H${to}V1H${from}z`);
      from = begin;
    }
    to = Math.max(to, end);
  }
  if (to > from) parts.push(`M${from} 0H${to}V1H${from}z`);
  return parts.join('');
}

/** Index of the span nearest to a place from 0 to 1, or -1 if none is within reach. */
export function findSpan(spans: Span[], at: number, reach: number): number {
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
