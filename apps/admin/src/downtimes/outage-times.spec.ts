import type { View } from '../availability/view';
import { dayOf } from './outage-times';

describe('the day of an outage', () => {
  const view = { filters: { zone: 'Europe/Berlin' } } as View;
  const of = (start: string, end: string) =>
    dayOf({ start_time: start, end_time: end, duration: 0, session_id: 's1' }, view);

  it.each([
    ['within a day', '2023-01-15T10:30:00Z', '2023-01-15T11:00:00Z', '2023-01-15'],
    ['with more after midnight', '2023-01-15T22:30:00Z', '2023-01-16T01:00:00Z', '2023-01-16'],
    ['with more before midnight', '2023-01-15T20:30:00Z', '2023-01-16T00:00:00Z', '2023-01-15'],
    ['with as much of each', '2023-01-15T22:00:00Z', '2023-01-16T00:00:00Z', '2023-01-15'],
    ['over days', '2023-01-15T20:00:00Z', '2023-01-18T20:00:00Z', '2023-01-16'],
  ])('%s is that of its largest part', (_, start, end, day) => expect(of(start, end)).toBe(day));
});
