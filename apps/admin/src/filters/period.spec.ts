import { daysUntil, intervalFor, isPeriodEnd, type PeriodFilter, resolvePeriod, zoomFilter } from './period';

const NOW = Date.parse('2026-11-22T11:30:00Z');
const BERLIN = 'Europe/Berlin';

function ask(filter: Partial<PeriodFilter>, now = NOW) {
  const found = resolvePeriod({ period: 'custom', from: null, to: null, zone: 'UTC', ...filter }, now);
  const text = ({ startMs, endMs }: { startMs: number; endMs: number }) =>
    `${new Date(startMs).toISOString()}/${new Date(endMs).toISOString()}`.replaceAll(':00.000Z', 'Z');
  return found && [text(found.period), text(found.before)];
}

describe('resolvePeriod', () => {
  it.each<[string, Partial<PeriodFilter>, string[]]>([
    ['today', { period: 'today' }, ['2026-11-22T00:00Z/2026-11-22T11:30Z', '2026-11-21T00:00Z/2026-11-21T11:30Z']],
    [
      'seven days, today included',
      { period: '7-days' },
      ['2026-11-16T00:00Z/2026-11-22T11:30Z', '2026-11-09T00:00Z/2026-11-15T11:30Z'],
    ],
    [
      'days of another time zone, over a change of clocks',
      { period: '30-days', zone: BERLIN },
      ['2026-10-23T22:00Z/2026-11-22T11:30Z', '2026-09-23T22:00Z/2026-10-23T10:30Z'],
    ],
    [
      'this month, beside the same part of the month before',
      { period: 'this-month' },
      ['2026-11-01T00:00Z/2026-11-22T11:30Z', '2026-10-01T00:00Z/2026-10-22T11:30Z'],
    ],
    [
      'last month, beside the month before it',
      { period: 'last-month' },
      ['2026-10-01T00:00Z/2026-11-01T00:00Z', '2026-09-01T00:00Z/2026-10-01T00:00Z'],
    ],
    [
      'dates, the last one included',
      { from: '2023-01-01', to: '2023-01-31' },
      ['2023-01-01T00:00Z/2023-02-01T00:00Z', '2022-12-01T00:00Z/2023-01-01T00:00Z'],
    ],
    [
      'dates whose day has 25 hours',
      { from: '2026-10-25', to: '2026-10-25', zone: BERLIN },
      ['2026-10-24T22:00Z/2026-10-25T23:00Z', '2026-10-23T21:00Z/2026-10-24T22:00Z'],
    ],
    [
      'instants',
      { from: '2023-01-01T10:00:00Z', to: '2023-01-01T11:00:00+00:00' },
      ['2023-01-01T10:00Z/2023-01-01T11:00Z', '2023-01-01T09:00Z/2023-01-01T10:00Z'],
    ],
    [
      'a period until now, if it ends later',
      { from: '2026-11-22', to: '2027-01-01' },
      ['2026-11-22T00:00Z/2026-11-22T11:30Z', '2026-11-21T12:30Z/2026-11-22T00:00Z'],
    ],
  ])('knows %s', (_name, filter, expected) => expect(ask(filter)).toEqual(expected));

  it.each<[string, Partial<PeriodFilter>]>([
    ['has not begun', { from: '2026-11-23', to: '2026-11-24' }],
    ['is turned round', { from: '2026-11-02', to: '2026-11-01' }],
    ['lacks an end', { from: '2026-11-02' }],
    ['lacks a start', { to: '2026-11-02' }],
    ['is of no length yet', { period: 'today' }],
  ])('has nothing for a period that %s', (name, filter) => {
    const now = name.includes('length') ? Date.parse('2026-11-22T00:00:00Z') : NOW;
    expect(ask(filter, now)).toBeUndefined();
  });
});

describe('what follows from a period', () => {
  const day = { startMs: Date.parse('2026-10-24T22:00:00Z'), endMs: Date.parse('2026-10-25T23:00:00Z') };

  it('is its interval: hours, days or months', () => {
    const ofDays = (days: number) => intervalFor({ startMs: 0, endMs: days * 86_400_000 });
    expect([1, 2, 3, 90, 101].map(ofDays)).toEqual(['hour', 'hour', 'day', 'day', 'month']);
  });

  it('is the zoom to a bar: the same time, from dates or instants', () => {
    for (const interval of ['hour', 'day']) {
      const filter = zoomFilter(day, interval, BERLIN);
      expect(resolvePeriod({ ...filter, zone: BERLIN }, NOW)?.period).toEqual(day);
    }
    expect(zoomFilter(day, 'day', BERLIN)).toEqual({ period: 'custom', from: '2026-10-25', to: '2026-10-25' });
  });

  it('is a number of days that ends with an instant', () => {
    const last = Date.parse('2023-01-31T23:59:59Z');
    expect(daysUntil(last, 30, 'UTC')).toEqual({ from: '2023-01-02', to: '2023-01-31' });
    expect(daysUntil(last, 1, BERLIN)).toEqual({ from: '2023-02-01', to: '2023-02-01' });
  });

  it.each(['2023-02-30', '2023-01-01T10:00', 'yesterday', ''])('cannot end with %j', (text) =>
    expect(isPeriodEnd(text)).toBe(false),
  );
});
