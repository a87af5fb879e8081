import { daysUntil, intervalFor } from './period';

describe('intervalFor', () => {
  it('grows with the period from hours to months', () => {
    const ofDays = (days: number) => intervalFor({ startMs: 0, endMs: days * 86_400_000 });
    expect([1, 2, 3, 90, 101, 366, 401].map(ofDays)).toEqual(['hour', 'hour', 'day', 'day', 'week', 'week', 'month']);
  });
});

describe('daysUntil', () => {
  it('ends on the day of an instant in the time zone', () => {
    const last = Date.parse('2023-01-31T23:59:59Z');
    expect(daysUntil(last, 30, 'UTC')).toEqual({ from: '2023-01-02', to: '2023-01-31' });
    expect(daysUntil(last, 1, 'Europe/Berlin')).toEqual({ from: '2023-02-01', to: '2023-02-01' });
  });
});
