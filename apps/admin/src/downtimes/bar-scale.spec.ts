import { barScale } from './bar-scale';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('the scale of bars', () => {
  const few = Array.from({ length: 100 }, (_, index) => (index + 1) * MINUTE_MS);

  it('is linear, up to the longest', () => {
    const { shareOf, marks } = barScale(few);
    expect([shareOf(25 * MINUTE_MS), shareOf(100 * MINUTE_MS)]).toEqual([0.25, 1]);
    expect(marks).toEqual([]);
    // One of three is not one of the longest twentieth.
    expect(barScale([MINUTE_MS, MINUTE_MS, DAY_MS]).marks).toEqual([]);
    expect(barScale([]).marks).toEqual([]);
    expect(barScale([...few.map(() => 10), 1000]).shareOf(1000)).toBe(1);
  });

  it('is logarithmic and has marks if few are far longer than all others, so that these differ, too', () => {
    const { shareOf, marks } = barScale([72 * DAY_MS, ...few]);
    expect(shareOf(72 * DAY_MS)).toBe(1);
    expect(shareOf(20 * MINUTE_MS) - shareOf(2 * MINUTE_MS)).toBeCloseTo(0.147, 3);
    expect(shareOf(500)).toBe(0);
    expect(marks).toEqual([MINUTE_MS, 60 * MINUTE_MS, DAY_MS]);
    expect(barScale([36_000_000, ...few]).marks).toEqual([MINUTE_MS, 60 * MINUTE_MS]);
  });
});
