import fc from 'fast-check';
import { findSpan } from './find-span';
import type { Span } from './silence-shape';

/** Spans in order of time, without overlaps. */
const spans = fc
  .uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 })
  .map((ends) => ends.sort((one, other) => one - other))
  .map((ends): Span[] =>
    ends.flatMap((from, index) => (index % 2 === 0 && ends[index + 1] ? [{ from, to: ends[index + 1]! }] : [])),
  );

describe('findSpan', () => {
  it('finds the nearest span within reach', () => {
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
