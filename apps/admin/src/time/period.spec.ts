import { datesOf, daysUntil, intervalFor } from './period';

describe('intervalFor', () => {
  it('grows with the period from hours to months', () => {
    const ofDays = (days: number) => intervalFor({ startMs: 0, endMs: days * 86_400_000 });
    expect([1, 2.1, 2.2, 100, 101, 400, 401].map(ofDays)).toEqual([
      ...['hour', 'hour', 'day', 'day', 'week', 'week', 'month'],
    ]);
    expect(intervalFor({ startMs: 400 * 86_400_000, endMs: 401 * 86_400_000 })).toBe('hour');
  });
});

describe('datesOf', () => {
  it('does not include the date on whose first instant a period ends', () => {
    const [startMs, endMs] = ['2023-01-02T00:00:00Z', '2023-01-04T00:00:00Z'].map(Date.parse) as [number, number];
    expect(datesOf({ startMs, endMs }, 'UTC')).toEqual({ from: '2023-01-02', to: '2023-01-03' });
    expect(datesOf({ startMs, endMs: endMs + 1 }, 'UTC').to).toBe('2023-01-04');
  });
});

describe('daysUntil', () => {
  it('ends on the day of an instant in the time zone', () => {
    const last = Date.parse('2023-01-31T23:59:59Z');
    expect(daysUntil(last, 30, 'UTC')).toEqual({ from: '2023-01-02', to: '2023-01-31' });
    expect(daysUntil(last, 1, 'Europe/Berlin')).toEqual({ from: '2023-02-01', to: '2023-02-01' });
  });
});
