import fc from 'fast-check';
import { budgetLeftMs, budgetMs, formatAvailability, levelOf } from './availability.format';

describe('formatAvailability', () => {
  it.each([
    [{ total_time: 2_678_399_000, total_down_time: 2_700_000 }, '99.899 %'],
    [{ total_time: 100_000, total_down_time: 101 }, '99.899 %'],
    [{ total_time: 31_536_000_000, total_down_time: 1 }, '99.999 %'],
    [{ total_time: 1000, total_down_time: 0 }, '100 %'],
    [{ total_time: 1000, total_down_time: 1000 }, '0.000 %'],
  ])('writes %j as %s', (share, text) => expect(formatAvailability(share)).toBe(text));

  it('never says more than is true, and less by under a thousandth', () => {
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

describe('the budget of a target', () => {
  it('is what it leaves of the time, to the millisecond', () => {
    expect(budgetMs(2_592_000_000, 99.9)).toBe(2_592_000);
    expect(budgetMs(1000, 100)).toBe(0);
    expect(budgetLeftMs({ total_time: 1_000_000, total_down_time: 6000 }, 99.5)).toBe(-1000);
  });
});

describe('levelOf', () => {
  it.each([
    [5, 'met'],
    [6, 'missed'],
    [49, 'missed'],
    [50, 'far'],
  ])('says of %i downtime in 1000 at 99.5 %% that the target is %s', (total_down_time, level) => {
    expect(levelOf({ total_time: 1000, total_down_time }, 99.5)).toBe(level);
  });
});
