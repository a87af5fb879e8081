import fc from 'fast-check';
import { formatAvailability, formatDifference, formatPercentage } from './availability.format';

describe('formatAvailability', () => {
  it.each([
    [{ total_time: 2_678_399_000, total_down_time: 2_700_000 }, '99.899 %'],
    [{ total_time: 100_000, total_down_time: 101 }, '99.899 %'],
    [{ total_time: 31_536_000_000, total_down_time: 1 }, '99.999 %'],
    [{ total_time: 1000, total_down_time: 0 }, '100 %'],
    [{ total_time: 1000, total_down_time: 1000 }, '0.000 %'],
  ])('writes %j as %s', (share, text) => expect(formatAvailability(share)).toBe(text));

  it('never overstates, and understates by less than a thousandth', () => {
    const shares = fc
      .tuple(fc.integer({ min: 1, max: 10 ** 13 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([total, part]) => ({ total_time: total, total_down_time: Math.floor(total * part) }));
    fc.assert(
      fc.property(shares, (share) => {
        const shown = BigInt(Math.round(Number.parseFloat(formatAvailability(share)) * 1000));
        const up = BigInt(share.total_time - share.total_down_time) * 100_000n;
        const total = BigInt(share.total_time);
        expect(shown * total <= up && up < (shown + 1n) * total).toBe(true);
        expect(formatAvailability(share) === '100 %').toBe(share.total_down_time === 0);
      }),
    );
  });
});

it('writes a difference with its sign, and a target with its own decimals', () => {
  expect([312, -1, 0].map(formatDifference)).toEqual(['+0.312', '-0.001', '0']);
  expect([99.5, 100, 99.999].map(formatPercentage)).toEqual(['99.5 %', '100 %', '99.999 %']);
});
