import type { Downtime, Report } from '../availability/report';
import { divide } from '../time/parts';
import { outageRows } from './outage-rows';
import { silentPartsOf } from './silent-parts';

const MINUTE_MS = 60_000;

function outage(start: string, minutes: number): Downtime {
  const duration = minutes * MINUTE_MS;
  const end = new Date(Date.parse(start) + duration).toISOString();
  return { start_time: start, end_time: end, duration, session_id: start };
}

const days = [1, 2, 3].map((day) => ({ startMs: Date.UTC(2026, 0, day), endMs: Date.UTC(2026, 0, day + 1) }));
const rowsOf = (
  report: Pick<Report, 'down_times' | 'closed_times'>,
  order: 'latest' | 'longest',
  minimumMs: number,
) => {
  const silent = divide(silentPartsOf(report), days);
  const silentDays = days.map((day, index) => ({ day, silent: silent[index]! }));
  return outageRows(report, order, minimumMs, silentDays);
};
const textOf = (row: ReturnType<typeof outageRows>[number]) =>
  'outages' in row
    ? `${new Date(row.day.startMs).getUTCDate()}: ${row.isThroughout ? 'throughout' : row.outages}, ${row.silentMs / MINUTE_MS}m`
    : [row.downtime.start_time, ...(row.on ? [`${row.on.silentMs / MINUTE_MS}m`] : [])].join(' ');

describe('the rows of outages', () => {
  const down_times = [
    outage('2026-01-01T08:00:00Z', 10),
    outage('2026-01-02T08:00:00Z', 1),
    outage('2026-01-02T09:00:00Z', 10),
  ];

  it('have the latest first, below their days', () => {
    expect(rowsOf({ down_times }, 'latest', 0).map(textOf)).toEqual([
      '2: 2, 11m',
      '2026-01-02T09:00:00Z 10m',
      '2026-01-02T08:00:00Z 1m',
      '1: 1, 10m',
      '2026-01-01T08:00:00Z 10m',
    ]);
  });

  it('have an outage over midnight below each of its days, without time that is closed', () => {
    const closed_times = [{ start_time: '2026-01-02T02:00:00Z', end_time: '2026-01-02T03:00:00Z' }];
    const report = { down_times: [outage('2026-01-01T23:00:00Z', 300)], closed_times };
    expect(rowsOf(report, 'latest', 0).map(textOf)).toEqual([
      '2: 1, 180m',
      '2026-01-01T23:00:00Z 180m',
      '1: 1, 60m',
      '2026-01-01T23:00:00Z 60m',
    ]);
  });

  it('have an outage of several days below the first and the last only', () => {
    const report = { down_times: [outage('2026-01-01T23:00:00Z', 1560)] };
    expect(rowsOf(report, 'latest', 0).map(textOf)).toEqual([
      '3: 1, 60m',
      '2026-01-01T23:00:00Z 60m',
      '2: throughout, 1440m',
      '1: 1, 60m',
      '2026-01-01T23:00:00Z 60m',
    ]);
  });

  it('have an outage from midnight to midnight below its day', () => {
    const report = { down_times: [outage('2026-01-02T00:00:00Z', 1440)] };
    expect(rowsOf(report, 'latest', 0).map(textOf)).toEqual(['2: 1, 1440m', '2026-01-02T00:00:00Z 1440m']);
  });

  it('add up to their day as they are written, from second to second', () => {
    const report = { down_times: [outage('2026-01-02T08:00:00.900Z', 1), outage('2026-01-02T09:00:00Z', 1.0083)] };
    expect(rowsOf(report, 'latest', 0)[0]).toMatchObject({ silentMs: 120_000 });
  });

  it('have the longest first, and of equally long ones the later', () => {
    expect(rowsOf({ down_times }, 'longest', 0).map(textOf)).toEqual([
      '2026-01-02T09:00:00Z',
      '2026-01-01T08:00:00Z',
      '2026-01-02T08:00:00Z',
    ]);
  });

  it('leave out shorter ones than asked for, and days without any', () => {
    expect(rowsOf({ down_times }, 'latest', 10 * MINUTE_MS)).toHaveLength(4);
    expect(rowsOf({ down_times }, 'latest', 10 * MINUTE_MS + 1)).toEqual([]);
  });
});
