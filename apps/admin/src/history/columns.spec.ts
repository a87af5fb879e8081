import type { Report } from '../availability/report';
import { localDays } from '../time/local-days';
import type { Period } from '../time/period';
import { columnsOf, linesOf, unitFor, worstOf } from './columns';
import { stripsOf } from './day-strips';

const periodOf = (start: string, end: string): Period => ({ startMs: Date.parse(start), endMs: Date.parse(end) });

type Times = readonly [start: string, end: string];

function columns(
  period: Period,
  zone: string,
  unit: 'day' | 'week',
  downtimes: readonly Times[],
  closed: readonly Times[] = [],
) {
  const down_times = downtimes.map(([start_time, end_time]) => ({
    start_time,
    end_time,
    duration: 0,
    session_id: 's',
  }));
  const summary = { observed_time: 1, first_message_at: null } as Report['summary'];
  const closed_times = closed.map(([start_time, end_time]) => ({ start_time, end_time }));
  const report = { down_times, summary, total_time: 1, closed_times };
  const days = localDays(period, zone);
  return columnsOf(stripsOf({ report, period, edges: 'count' }, days), unit, period);
}

describe('columnsOf', () => {
  const january = periodOf('2023-01-01T00:00:00Z', '2023-02-01T00:00:00Z');

  it('puts silence of a day where clocks show it, before and after they change', () => {
    const period = periodOf('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');
    const [day] = columns(period, 'Europe/Berlin', 'day', [['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']]);
    // From 02:30 to 03:00 summer time, and then from 02:00 to 02:30 winter time.
    expect(day!.silent.map(({ from, to }) => [from * 24, to * 24])).toEqual([
      [2.5, 3],
      [2, 2.5],
    ]);
    expect(day!.silentMs).toBe(3_600_000);
  });

  it('makes weeks from Monday of days, and counts an outage of two days once', () => {
    const weeks = columns(january, 'UTC', 'week', [['2023-01-10T12:00:00Z', '2023-01-11T12:00:00Z']]);
    expect(weeks.map(({ date }) => date)).toEqual([
      ...['2023-01-01', '2023-01-02', '2023-01-09', '2023-01-16', '2023-01-23', '2023-01-30'],
    ]);
    const worst = worstOf(weeks)!;
    expect(worst).toMatchObject({ date: '2023-01-09', outages: 1, silentMs: 86_400_000 });
    expect(worst.silent.map(({ from, to }) => [from * 7, to * 7].map((day) => Number(day.toFixed(6))))).toEqual([
      [1.5, 2],
      [2, 2.5],
    ]);
  });

  it('ends at the ends of the period, and adds up what is closed', () => {
    const period = periodOf('2023-01-04T06:00:00Z', '2023-01-10T18:00:00Z');
    const closed = [['2023-01-05T18:00:00Z', '2023-01-06T06:00:00Z']] as const;
    const weeks = columns(period, 'UTC', 'week', [], closed);
    expect(weeks.map(({ startMs, endMs, closedMs }) => ({ startMs, endMs, closedMs }))).toEqual([
      { ...periodOf('2023-01-04T06:00:00Z', '2023-01-09T00:00:00Z'), closedMs: 43_200_000 },
      { ...periodOf('2023-01-09T00:00:00Z', '2023-01-10T18:00:00Z'), closedMs: 0 },
    ]);
  });

  it('has weeks for more than a hundred days', () => {
    expect([100, 101].map(unitFor)).toEqual(['day', 'week']);
  });

  it('has as its worst strip the first of equally bad ones, and none of only one', () => {
    const first: Times = ['2023-01-02T00:00:00Z', '2023-01-02T01:00:00Z'];
    const second: Times = ['2023-01-03T00:00:00Z', '2023-01-03T01:00:00Z'];
    expect(worstOf(columns(january, 'UTC', 'day', [first, second]))?.date).toBe('2023-01-02');
    expect(worstOf(columns(january, 'UTC', 'day', [first]).slice(1, 2))).toBeUndefined();
  });

  it('has no worst strip where nothing was silent', () => {
    expect(worstOf(columns(january, 'UTC', 'day', []))).toBeUndefined();
  });
});

describe('linesOf', () => {
  it.each([
    [30, 'day', '2026-11-05', 1100, 30, 0],
    // From a Thursday.
    [90, 'day', '2026-11-05', 1100, 35, 3],
    [30, 'day', '2026-11-05', 281, 7, 3],
    [28, 'day', '2027-02-01', 281, 7, 0],
    // From a Sunday: six places are empty, so that there are three lines instead of two.
    [84, 'day', '2026-11-01', 1100, 35, 6],
    [7, 'day', '2026-11-05', 182, 7, 0],
    [8, 'day', '2026-11-05', 182, 7, 3],
    // A line is too narrow for a week.
    [30, 'day', '2026-11-05', 150, 5, 0],
    [53 * 7, 'week', '2026-11-05', 1100, 27, 0],
    [1, 'day', '2026-11-05', 10, 1, 0],
  ] as const)('lays out %i days, each %s from %s, on %i pixels', (days, unit, first, width, perLine, blanks) => {
    const startMs = Date.parse(first);
    const strips = columns({ startMs, endMs: startMs + days * 86_400_000 }, 'UTC', unit, []);
    expect(linesOf(strips, unit, width)).toEqual({ perLine, blanks });
  });
});
