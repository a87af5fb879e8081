import { toZonedTime } from './period';
import { type Tick, ticksOf } from './ticks';

const textOf =
  (zone: string) =>
  ({ atMs, style }: Tick): string => {
    const local = toZonedTime(atMs, zone).toPlainDateTime().toString();
    return { clock: local.slice(11, 16), 'short-day': local.slice(5, 10), 'short-month': local.slice(0, 7) }[style];
  };

describe('ticksOf', () => {
  it.each([
    ['2026-10-25T10:07:00Z', '2026-10-25T10:52:00Z', 'UTC', ['10:10', '10:20', '10:30', '10:40', '10:50']],
    // Clocks go back in the night: the labels still are what they show.
    ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'Europe/Berlin', ['00:00', '06:00', '12:00', '18:00']],
    ['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', 'UTC', ['11-02', '11-09', '11-16', '11-23', '11-30']],
    ['2015-12-10T00:00:00Z', '2016-12-01T00:00:00Z', 'UTC', ['2016-01', '2016-04', '2016-07', '2016-10']],
  ])('marks round times from %s to %s in %s', (start, end, zone, labels) => {
    const period = { startMs: Date.parse(start), endMs: Date.parse(end) };
    expect(ticksOf(period, zone, 8).map(textOf(zone))).toEqual(labels);
  });
});
