import fc from 'fast-check';
import { drawSpans, findSpan, SHAPE_WIDTH, type Span } from './outage-shape';

/** Spans in order, that do not overlap. */
const spans = fc
  .uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 })
  .map((ends) => ends.sort((one, other) => one - other))
  .map((ends): Span[] =>
    ends.flatMap((from, index) => (index % 2 === 0 && ends[index + 1] ? [{ from, to: ends[index + 1]! }] : [])),
  );

describe('drawSpans', () => {
  it('covers every span, and is empty more than a few units from any', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0, max: 1, noNaN: true }), (all, at) => {
        const parts = [...drawSpans(all).matchAll(/M(\d+) 0H(\d+)V1H\1z/g)].map(
          ([, from, to]) => [Number(from), Number(to)] as const,
        );
        const isDrawn = (place: number) => parts.some(([from, to]) => from <= place && place <= to);
        for (const { from, to } of all) expect(isDrawn(from * SHAPE_WIDTH) && isDrawn(to * SHAPE_WIDTH)).toBe(true);
        const units = Math.min(...all.map(({ from, to }) => Math.max(from - at, at - to, 0))) * SHAPE_WIDTH;
        if (units > 5) expect(isDrawn(at * SHAPE_WIDTH)).toBe(false);
      }),
    );
  });

  it('draws ten thousands as no more parts than there is place for', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ from: index / 20_000, to: (index + 0.5) / 20_000 }));
    expect(drawSpans(many).length).toBeLessThan(60_000);
  });
});

describe('findSpan', () => {
  it('finds the nearest within reach', () => {
    fc.assert(
      fc.property(
        spans,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (all, at, reach) => {
          const distances = all.map(({ from, to }) => Math.max(from - at, at - to, 0));
          const found = findSpan(all, at, reach);
          if (found === -1) expect(Math.min(...distances)).toBeGreaterThan(reach);
          else expect(distances[found]).toBe(Math.min(...distances));
          if (found !== -1) expect(distances[found]).toBeLessThanOrEqual(reach);
        },
      ),
    );
  });
});
