import fc from 'fast-check';
import { MOST_LIFTED } from './visible-shares';
import { silenceShape, type Span } from './silence-shape';

const BINS = 40;

const places = fc.uniqueArray(fc.integer({ min: 0, max: 399 }), { maxLength: 100 });

/** Spans without overlaps: some of any length, or many that are short. */
const spans = fc.oneof(
  places.map((all): Span[] => {
    const sorted = [...all].sort((one, other) => one - other);
    return sorted.flatMap((from, index) =>
      index % 2 ? [] : { from: from / 400, to: (sorted[index + 1] ?? 400) / 400 },
    );
  }),
  fc
    .tuple(places, fc.constantFrom(1, 0.5, 0.01))
    .map(([all, length]): Span[] => all.map((place) => ({ from: place / 400, to: (place + length) / 400 }))),
);

/** What is drawn of each bin. */
function drawn(path: string): number[] {
  const shares = Array.from({ length: BINS }, () => 0);
  for (const [, from, top, to] of path.matchAll(/M([\d.]+) 1V([\d.]+)H([\d.]+)V1z/g))
    shares.forEach((_, bin) => {
      shares[bin]! += (1 - Number(top)) * within({ from: Number(from), to: Number(to) }, bin);
    });
  return shares;
}

/** How much of a bin lies in a span, which is in bins. */
const within = ({ from, to }: Span, bin: number) => Math.max(0, Math.min(to, bin + 1) - Math.max(from, bin));
const sum = (all: number[]) => all.reduce((one, other) => one + other, 0);

describe('silenceShape', () => {
  it('fills as much of the strip as is silent, of each part and of the whole, and a little of the shortest silence', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const shares = drawn(silenceShape(all, BINS, 'right'));
        const silent = shares.map((_, bin) =>
          sum(all.map(({ from, to }) => within({ from: from * BINS, to: to * BINS }, bin))),
        );
        shares.forEach((share, bin) => {
          expect(share).toBeGreaterThan(silent[bin]! - 2e-3);
          if (silent[bin]! > 1e-9) expect(share).toBeGreaterThan(0.02);
          else expect(share).toBe(0);
        });
        expect((sum(shares) - sum(silent)) / BINS).toBeLessThan(MOST_LIFTED + 1e-3);
      }),
    );
  });

  it('shows a single short silence over the whole width', () => {
    expect(silenceShape([{ from: 0.5, to: 0.5001 }], BINS, 'right')).toBe('M20 1V0H21V1z');
  });

  it('draws a long silence from its start to its end', () => {
    expect(silenceShape([{ from: 0.21, to: 0.47 }], BINS, 'right')).toBe('M8.4 1V0H18.8V1z');
  });

  it('draws downwards, too', () => {
    expect(silenceShape([{ from: 0.25, to: 0.625 }], 4, 'down')).toBe('M0 1H1V2H0zM0 2H0.5V3H0z');
  });
});
