import {
  daysUntil,
  explainNoPeriod,
  intervalFor,
  isPeriodEnd,
  type PeriodFilter,
  resolvePeriod,
  zoomFilter,
} from './period';

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
  it('is its interval: hours, days or months', () => {
    const ofDays = (days: number) => intervalFor({ startMs: 0, endMs: days * 86_400_000 });
    expect([1, 2, 3, 90, 101, 366, 401].map(ofDays)).toEqual(['hour', 'hour', 'day', 'day', 'week', 'week', 'month']);
  });

  it.each<[string, string, string, PeriodFilter['from'], PeriodFilter['to']]>([
    ['a day', '2026-10-24T22:00Z', '2026-10-25T23:00Z', '2026-10-25', '2026-10-25'],
    ['days until now', '2026-11-19T23:00Z', '2026-11-22T11:30Z', '2026-11-20', '2026-11-22'],
    ['a part of a day', '2026-11-20T10:45Z', '2026-11-20T23:00Z', '2026-11-20T10:45:00Z', '2026-11-20T23:00:00Z'],
    ['a part of today', '2026-11-21T23:00Z', '2026-11-22T10:00Z', '2026-11-21T23:00:00Z', '2026-11-22T10:00:00Z'],
    ['an hour', '2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'],
  ])('is the zoom to %s: exactly its time', (_name, start, end, from, to) => {
    const period = { startMs: Date.parse(start), endMs: Date.parse(end) };
    const filter = zoomFilter(period, BERLIN, NOW);
    expect(filter).toEqual({ period: 'custom', from, to });
    expect(resolvePeriod({ ...filter, zone: BERLIN }, NOW)?.period).toEqual(period);
  });

  it.each([
    ['2026-11-23', '2026-11-24', 'This period has not begun'],
    ['2026-11-02', '2026-11-01', 'This period has to end after it begins'],
    ['2026-11-02T10:00:00Z', '2026-11-02T10:00:00Z', 'This period has to end after it begins'],
    ['2026-11-02', null, 'Choose the first and the last day'],
  ])('is why there is none from %s to %s', (from, to, reason) => {
    expect(explainNoPeriod({ period: 'custom', from, to, zone: 'UTC' })).toBe(reason);
  });

  it('is a number of days that ends with an instant', () => {
    const last = Date.parse('2023-01-31T23:59:59Z');
    expect(daysUntil(last, 30, 'UTC')).toEqual({ from: '2023-01-02', to: '2023-01-31' });
    expect(daysUntil(last, 1, BERLIN)).toEqual({ from: '2023-02-01', to: '2023-02-01' });
  });

  it.each(['2023-02-30', '2023-01-01T10:00', 'yesterday', '', '1969-12-31', '1969-12-31T10:00Z'])(
    'cannot end with %j',
    (text) => expect(isPeriodEnd(text)).toBe(false),
  );
});
