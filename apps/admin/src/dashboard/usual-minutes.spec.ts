import { usualMinutes } from './usual-minutes';

describe('the usual length of outages', () => {
  const lasting = (...minutes: number[]) => minutes.map((one) => ({ duration: one * 60_000 }));
  const many = (minutes: number, others: number) => [
    ...lasting(...Array.from({ length: 60 }, () => minutes)),
    ...lasting(...Array.from({ length: 59 }, () => others)),
  ];

  it('is what at least half of many are shorter than', () => {
    expect(usualMinutes(many(3, 600))).toBe(4);
    expect(usualMinutes(many(3.9, 1))).toBe(4);
    expect(usualMinutes(many(9.9, 600))).toBe(10);
    expect(usualMinutes(many(3, 600).slice(0, 100))).toBe(4);
  });

  it('is not told of few, or where most are long', () => {
    expect(usualMinutes(lasting(3, 3, 3))).toBeUndefined();
    expect(usualMinutes(many(3, 600).slice(0, 99))).toBeUndefined();
    expect(usualMinutes(many(10, 600))).toBeUndefined();
  });
});
