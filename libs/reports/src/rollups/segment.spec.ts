import fc from 'fast-check';
import { joinSegments, joinSums, type Segment, type SegmentSum } from './segment';

const THRESHOLD_MS = 120;

interface Sent {
  atMs: number;
  sessionId: string;
}

/** Messages in order of time, many of them at the same instant as the one before, or exactly the threshold after it. */
const messages = fc
  .array(
    fc.record({
      afterMs: fc.oneof(fc.constantFrom(0, THRESHOLD_MS, THRESHOLD_MS + 1), fc.nat(400)),
      sessionId: fc.constantFrom('s1', 's2', 's3'),
    }),
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ afterMs, sessionId }) => ({ atMs: (atMs += afterMs), sessionId }));
  });

/** Messages, and the places to divide them at; a place that occurs twice yields a part without messages. */
const divided = messages.chain((all) =>
  fc.record({ all: fc.constant(all), places: fc.array(fc.nat(all.length), { maxLength: 8 }) }),
);

/** Finds the gaps between messages in the plainest way. */
function segmentOf(all: Sent[]): Segment {
  const gaps = all.flatMap(({ atMs, sessionId }, index) => {
    const next = all[index + 1];
    return next && next.atMs - atMs > THRESHOLD_MS ? [{ startMs: atMs, endMs: next.atMs, sessionId }] : [];
  });
  const last = all.at(-1);
  return { firstMs: all[0]?.atMs, lastMs: last?.atMs, lastSessionId: last?.sessionId ?? '', gaps };
}

function sumOf(all: Sent[]): SegmentSum {
  const { firstMs, lastMs, gaps } = segmentOf(all);
  const excesses = gaps.map(({ startMs, endMs }) => endMs! - startMs - THRESHOLD_MS);
  const excessMs = excesses.reduce((sum, one) => sum + one, 0);
  return { firstMs, lastMs, gaps: gaps.length, excessMs, longestExcessMs: Math.max(0, ...excesses) };
}

function divide<Item>(all: Item[], places: number[]): Item[][] {
  const ends = [0, ...places.sort((one, other) => one - other), all.length];
  return ends.slice(1).map((end, index) => all.slice(ends[index], end));
}

describe('joining segments', () => {
  it('leads to the gaps of the whole, wherever it was divided', () => {
    fc.assert(
      fc.property(divided, ({ all, places }) => {
        const parts = divide(all, places);
        expect(joinSegments(parts.map(segmentOf), THRESHOLD_MS)).toEqual(segmentOf(all));
        expect(joinSums(parts.map(sumOf), THRESHOLD_MS)).toEqual(sumOf(all));
      }),
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(divided, fc.nat(8), ({ all, places }, place) => {
        const parts = divide(all, places).map(segmentOf);
        const nested = [parts.slice(0, place), parts.slice(place)].map((some) => joinSegments(some, THRESHOLD_MS));
        expect(joinSegments(nested, THRESHOLD_MS)).toEqual(joinSegments(parts, THRESHOLD_MS));
      }),
    );
  });

  it('finds no gap of exactly the threshold, and one that is a millisecond longer', () => {
    const join = (secondMs: number) =>
      joinSegments(
        [0, secondMs].map((atMs) => segmentOf([{ atMs, sessionId: 's' }])),
        THRESHOLD_MS,
      ).gaps;
    expect(join(THRESHOLD_MS)).toEqual([]);
    expect(join(THRESHOLD_MS + 1)).toEqual([{ startMs: 0, endMs: THRESHOLD_MS + 1, sessionId: 's' }]);
  });
});
