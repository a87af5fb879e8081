import { dayOf } from './outage-times';

describe('the day of an outage', () => {
  const of = (start: string, end: string, closed: [string, string][] = []) => {
    const downtime = { start_time: start, end_time: end, duration: 0, session_id: 's1' };
    const closed_times = closed.map(([start_time, end_time]) => ({ start_time, end_time }));
    return dayOf(downtime, { down_times: [downtime], closed_times }, 'Europe/Berlin');
  };

  it.each([
    ['within a day', '2023-01-15T10:30:00Z', '2023-01-15T11:00:00Z', '2023-01-15'],
    ['with more after midnight', '2023-01-15T22:30:00Z', '2023-01-16T01:00:00Z', '2023-01-16'],
    ['with more before midnight', '2023-01-15T20:30:00Z', '2023-01-16T00:00:00Z', '2023-01-15'],
    ['with as much of each', '2023-01-15T22:00:00Z', '2023-01-16T00:00:00Z', '2023-01-15'],
    ['over days', '2023-01-15T20:00:00Z', '2023-01-18T20:00:00Z', '2023-01-16'],
  ])('%s is that of its largest part', (_, start, end, day) => expect(of(start, end)).toBe(day));

  it('is one on which it counts', () => {
    const weekend: [string, string] = ['2023-01-13T16:00:00Z', '2023-01-16T08:00:00Z'];
    expect(of('2023-01-13T15:00:00Z', '2023-01-16T11:00:00Z', [weekend])).toBe('2023-01-16');
    expect(of('2023-01-13T12:00:00Z', '2023-01-16T11:00:00Z', [weekend])).toBe('2023-01-13');
  });
});
