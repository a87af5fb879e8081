import fc from 'fast-check';
import { divide, lengthOf, subtract } from './parts';
import type { Period } from './period';

/** In order of time and without overlaps. Some meet. */
const parts = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 24 }).map((instants) => {
  const sorted = instants.sort((one, other) => one - other);
  return sorted.slice(1).flatMap((endMs, index): Period[] => (endMs % 3 ? [{ startMs: sorted[index]!, endMs }] : []));
});

/** The milliseconds in parts, one by one. */
const instantsOf = (all: readonly Period[]) =>
  all.flatMap(({ startMs, endMs }) => Array.from({ length: endMs - startMs }, (_, ms) => startMs + ms));
const isIn = (all: readonly Period[], ms: number) => all.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);

describe('parts of time', () => {
  it('lose what is cut out of them', () => {
    fc.assert(
      fc.property(parts, parts, (all, cuts) => {
        const left = subtract(all, cuts);
        expect(instantsOf(left)).toEqual(instantsOf(all).filter((ms) => !isIn(cuts, ms)));
        expect(left.every((one) => lengthOf([one]) > 0)).toBe(true);
      }),
    );
  });

  it('are divided among periods', () => {
    fc.assert(
      fc.property(parts, parts, (all, periods) => {
        const divided = divide(all, periods).map(instantsOf);
        expect(divided).toEqual(periods.map((one) => instantsOf(all).filter((ms) => isIn([one], ms))));
      }),
    );
  });

  it('are as long as they are together', () => {
    fc.assert(fc.property(parts, (all) => expect(lengthOf(all)).toBe(instantsOf(all).length)));
  });

  it('are copied only if they are cut', () => {
    const [whole, cut] = [
      { startMs: 0, endMs: 2 },
      { startMs: 3, endMs: 5 },
    ];
    expect(subtract([whole, cut], [{ startMs: 4, endMs: 9 }])[0]).toBe(whole);
    expect(divide([whole, cut], [{ startMs: 0, endMs: 4 }])[0]![0]).toBe(whole);
    expect(cut).toEqual({ startMs: 3, endMs: 5 });
  });
});
