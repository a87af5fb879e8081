import { loadPhrases } from '../phrases/phrases';
import { formatDuration, formatDurationInWords, formatExactDuration, shownDifferenceMs } from './duration.format';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000] as const;

describe('a duration', () => {
  beforeAll(() => loadPhrases('en'));

  it.each([
    [HOUR + 36 * MINUTE + 59 * SECOND, '1h 36m', '1 hour 36 minutes'],
    [13 * HOUR + 21 * SECOND, '13h', '13 hours'],
    [25 * DAY + 50 * MINUTE, '25d', '25 days'],
    [14 * SECOND, '14s', '14 seconds'],
    [MINUTE + 27.9 * SECOND, '1m 27s', '1 minute 27 seconds'],
    // From 24 December 2016 to 28 November 2026: three of the years have a day more.
    [3_626 * DAY + 5 * HOUR, '3626d 5h', '3,626 days 5 hours'],
  ])('of %i ms is %s, or %s', (durationMs, short, long) => {
    expect([formatDuration(durationMs), formatDurationInWords(durationMs)]).toEqual([short, long]);
  });

  it.each([
    // 3h 35m 59s and 5h 56m are written as 3h 35m and 5h 56m.
    [5 * HOUR + 56 * MINUTE, 3 * HOUR + 35 * MINUTE + 59 * SECOND, '2h 21m'],
    [45 * MINUTE, 44 * MINUTE + 38.4 * SECOND, '22s'],
    [321 * DAY + 10.7 * HOUR, DAY + 19.8 * HOUR, '319d 15h'],
    // 20d 11h and 3h 43m: the hours alone would make 20d 7h.
    [20 * DAY + 11.9 * HOUR, 3 * HOUR + 43 * MINUTE, '20d 8h'],
    // Both are written as 20d 11h.
    [20 * DAY + 11.9 * HOUR, 20 * DAY + 11 * HOUR, '54m'],
    [0.5 * SECOND, 0, '500ms'],
    [SECOND, 3 * SECOND, '−2s'],
  ])('of %i ms differs from one of %i ms by what the two read: %s', (durationMs, otherMs, difference) => {
    expect(formatDuration(shownDifferenceMs(durationMs, otherMs))).toBe(difference);
  });

  it.each([
    [DAY + 5 * MINUTE + 7 * SECOND, '1d 5m 7s'],
    [3 * HOUR + 22 * MINUTE + 41.9 * SECOND, '3h 22m 41s'],
    [333, '333ms'],
    [0, '0ms'],
  ])('of %i ms is exactly %s', (durationMs, text) => {
    expect(formatExactDuration(durationMs)).toBe(text);
  });

  it('below zero has a minus sign', () => {
    expect(formatDuration(-HOUR)).toBe('−1h');
  });

  it('has the symbols of its units in German', async () => {
    await loadPhrases('de');
    expect([3 * HOUR + 22 * MINUTE + 41 * SECOND, 20 * DAY + 11 * HOUR].map(formatExactDuration)).toEqual([
      ...['3 h 22 min 41 s', '20 d 11 h'],
    ]);
    await loadPhrases('en');
  });
});
