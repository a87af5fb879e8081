import fc from 'fast-check';
import { formatWeeklyHours, OpeningHoursError, parseWeeklyHours } from './weekly-hours';

const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const interval = (start: string, end: string) => ({ start: at(start), end: at(end) });

describe('the notation of opening hours', () => {
  const NINE_TO_FIVE = [interval('09:00', '17:00')];

  it.each([
    ['Mo-Fr 09:00-17:00', [...Array.from({ length: 5 }, () => NINE_TO_FIVE), [], []]],
    ['Mo,We,Fr 09:00-17:00', [NINE_TO_FIVE, [], NINE_TO_FIVE, [], NINE_TO_FIVE, [], []]],
    ['Fr-Mo 09:00-17:00', [NINE_TO_FIVE, [], [], [], NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE]],
    ['Mo 09:00-17:00; Su off', [NINE_TO_FIVE, [], [], [], [], [], []]],
    ['Mo 22:00-06:00', [[interval('22:00', '30:00')], [], [], [], [], [], []]],
    ['Mo 22:00-00:00', [[interval('22:00', '24:00')], [], [], [], [], [], []]],
    ['Mo 13:00-17:00,09:00-12:00', [[interval('09:00', '12:00'), interval('13:00', '17:00')], [], [], [], [], [], []]],
    ['24/7', Array.from({ length: 7 }, () => [interval('00:00', '24:00')])],
    ['Mo-Su 00:00-24:00', Array.from({ length: 7 }, () => [interval('00:00', '24:00')])],
    ['09:00-17:00', Array.from({ length: 7 }, () => NINE_TO_FIVE)],
    [' mo – fr  9:00 - 17:00 ', [...Array.from({ length: 5 }, () => NINE_TO_FIVE), [], []]],
    ['off', Array.from({ length: 7 }, () => [])],
  ])('reads %j', (text, week) => expect(parseWeeklyHours(text)).toEqual(week));

  it.each([
    ['', 'is empty; write hours such as Mo-Fr 09:00-18:00; Sa 10:00-14:00, or 24/7'],
    ['Mo-Fr', 'has "Mo-Fr"; write hours such as'],
    ['Mo-Fr 09:00-18:00;', 'has an empty rule; write hours such as'],
    ['Mo-Fr 9-18', 'has "9-18"; write hours such as'],
    ['Mo-Fr 09:00-25:00', 'has "09:00-25:00"; write hours such as'],
    ['Mo-Fr 09:00-24:30', 'has "09:00-24:30"; write hours such as'],
    ['Mo-Fr 09:60-18:00', 'has "09:60-18:00"; write hours such as'],
    ['Mo-We-Fr 09:00-18:00', 'has "Mo-We-Fr"; write hours such as'],
    ['Mon-Fri 09:00-18:00', 'has "Mon-Fri 09:00-18:00"; write hours such as'],
    ['PH off', 'has PH, which is not a weekday; the weekdays are Mo, Tu, We, Th, Fr, Sa, Su'],
    ['Mo-Fr 09:00-23:59', 'ends at 23:59; write 24:00 for the end of a day'],
    ['Mo-Fr 09:00-09:00', 'has 09:00-09:00, which is empty; write 00:00-24:00 for a whole day'],
    ['Mo-Fr 09:00-12:00; We 13:00-17:00', 'names We twice; put its hours into one rule'],
    ['Mo,Mo 09:00-12:00', 'names Mo twice; put its hours into one rule'],
    ['24/7; Su off', 'has "24/7"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseWeeklyHours(text)).toThrow(OpeningHoursError);
    expect(() => parseWeeklyHours(text)).toThrow(message);
  });

  it.each([
    ['mo-fr 9:00-12:00,13:00-17:30;sa 10:00-14:00', 'Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00'],
    ['00:00-24:00', '24/7'],
    ['Fr-Mo 22:00-06:00', 'Mo 22:00-06:00; Fr-Su 22:00-06:00'],
    ['Mo off', 'Mo-Su off'],
    ['Mo 18:00-00:00', 'Mo 18:00-24:00'],
  ])('writes %j as %j', (text, canonical) => expect(formatWeeklyHours(parseWeeklyHours(text))).toBe(canonical));

  it('reads what it writes, and nothing else but errors of its own', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 2 });
    const daily = fc.array(fc.tuple(minute, minute), { maxLength: 3 });
    const write = (value: number) =>
      `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
    const rule = fc
      .tuple(fc.constantFrom('Mo', 'Tu-We', 'Fr,Su', ''), daily)
      .map(([days, times]) => `${days} ${times.map(([from, to]) => `${write(from)}-${write(to)}`).join(',')}`);
    const anything = fc.oneof(
      fc.string(),
      fc.array(rule, { maxLength: 3 }).map((rules) => rules.join(';')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          const week = parseWeeklyHours(text);
          expect(parseWeeklyHours(formatWeeklyHours(week))).toEqual(week);
        } catch (error) {
          if (!(error instanceof OpeningHoursError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
