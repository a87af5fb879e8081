import fc from 'fast-check';
import { largestFitting } from './largest-fitting';

describe('the largest number that fits', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 105 }), fc.integer({ min: 1, max: 105 }), fc.integer({ max: 110 }));

  it('is that of trying all of them from the largest down', () => {
    fc.assert(
      fc.property(range, ([least, most, limit]) => {
        const all = Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => most - index);
        expect(largestFitting(least, most, (size) => size <= limit)).toBe(all.find((size) => size <= limit));
      }),
    );
  });

  it('takes few tries, and one if none fits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 110 }), (limit) => {
        const fits = jest.fn((size: number) => size <= limit);
        largestFitting(60, 100, fits);
        expect(fits.mock.calls.length).toBeLessThanOrEqual(limit < 60 ? 1 : 7);
      }),
    );
  });
});
