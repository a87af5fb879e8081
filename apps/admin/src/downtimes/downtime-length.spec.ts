import { longestFew, shownLengthMs } from './downtime-length';

describe('the shown length of a downtime', () => {
  it.each([
    ['23:53:29.900Z', '23:56:45.100Z', 195_200, 196_000, 'from second to second'],
    ['23:53:29.100Z', '23:56:45.900Z', 196_800, 196_000, 'from second to second, however long the rest'],
    ['10:00:00.000Z', '10:00:00.001Z', 1, 1, 'in milliseconds below a second'],
    ['10:00:00.500Z', '10:00:01.500Z', 1000, 1000, 'from second to second, if it is one'],
    ['10:00:00.999Z', '10:00:01.998Z', 999, 999, 'in milliseconds below a second, even where the clock shows another'],
    ['17:59:00.500Z', '19:01:00.000Z', 120_000, 120_000, 'without closed time in between'],
  ])('from %s to %s is %s', (start, end, duration, expected) => {
    const times = { start_time: `2023-01-15T${start}`, end_time: `2023-01-15T${end}` };
    expect(shownLengthMs({ ...times, duration, session_id: 's1' })).toBe(expected);
  });
});

describe('the longest few of many downtimes', () => {
  it('are in order of their length, and of equally long ones the first', () => {
    const downtimes = [3, 1, 4, 1, 5, 4].map((duration, index) => ({
      start_time: '',
      end_time: '',
      duration,
      session_id: `s${index}`,
    }));
    const ids = (count: number) => longestFew(downtimes, count).map((one) => one.session_id);
    expect(ids(3)).toEqual(['s4', 's2', 's5']);
    expect(ids(1)).toEqual(['s4']);
    expect(ids(9)).toHaveLength(6);
  });
});
