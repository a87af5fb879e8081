import fc from 'fast-check';
import { datesOf, daysUntil, type Period, toZonedTime } from './period';
import { explainNoPeriod, type PeriodFilter, PRESETS, resolvePeriod, zoomFilter } from './period-filter';

const NOW = Date.parse('2026-11-22T11:30:00Z');
const BERLIN = 'Europe/Berlin';

function ask(filter: Partial<PeriodFilter>, now = NOW) {
  const found = resolvePeriod({ period: 'custom', from: null, to: null, zone: 'UTC', ...filter }, now);
  return found && [textOf(found.period), textOf(found.before)];
}

function textOf({ startMs, endMs }: Period): string {
  return `${new Date(startMs).toISOString()}/${new Date(endMs).toISOString()}`.replaceAll(':00.000Z', 'Z');
}

describe('resolvePeriod', () => {
  it.each<[string, Partial<PeriodFilter>, string[]]>([
    ['today', { period: 'today' }, ['2026-11-22T00:00Z/2026-11-22T11:30Z', '2026-11-21T00:00Z/2026-11-21T11:30Z']],
    [
      'seven days including today',
      { period: '7-days' },
      ['2026-11-16T00:00Z/2026-11-22T11:30Z', '2026-11-09T00:00Z/2026-11-15T11:30Z'],
    ],
    [
      'days in another time zone, across a clock change',
      { period: '30-days', zone: BERLIN },
      ['2026-10-23T22:00Z/2026-11-22T11:30Z', '2026-09-23T22:00Z/2026-10-23T10:30Z'],
    ],
    [
      'this month, and the same part of the month before',
      { period: 'this-month' },
      ['2026-11-01T00:00Z/2026-11-22T11:30Z', '2026-10-01T00:00Z/2026-10-22T11:30Z'],
    ],
    [
      'last month, and the month before it',
      { period: 'last-month' },
      ['2026-10-01T00:00Z/2026-11-01T00:00Z', '2026-09-01T00:00Z/2026-10-01T00:00Z'],
    ],
    [
      'dates, including the last one',
      { from: '2023-01-01', to: '2023-01-31' },
      ['2023-01-01T00:00Z/2023-02-01T00:00Z', '2022-12-01T00:00Z/2023-01-01T00:00Z'],
    ],
    [
      'a date whose day has 25 hours',
      { from: '2026-10-25', to: '2026-10-25', zone: BERLIN },
      ['2026-10-24T22:00Z/2026-10-25T23:00Z', '2026-10-23T22:00Z/2026-10-24T22:00Z'],
    ],
    [
      'instants',
      { from: '2023-01-01T10:00:00Z', to: '2023-01-01T11:00:00+00:00' },
      ['2023-01-01T10:00Z/2023-01-01T11:00Z', '2023-01-01T09:00Z/2023-01-01T10:00Z'],
    ],
    [
      'a period that ends in the future, up to now',
      { from: '2026-11-22', to: '2027-01-01' },
      ['2026-11-22T00:00Z/2026-11-22T11:30Z', '2026-11-21T00:00Z/2026-11-21T11:30Z'],
    ],
  ])('resolves %s', (_name, filter, expected) => expect(ask(filter)).toEqual(expected));

  it.each<[string, Partial<PeriodFilter>]>([
    ['has not started', { from: '2026-11-23', to: '2026-11-24' }],
    ['ends before it starts', { from: '2026-11-02', to: '2026-11-01' }],
    ['has no end', { from: '2026-11-02' }],
    ['has no start', { to: '2026-11-02' }],
    ['has no length yet', { period: 'today' }],
  ])('returns nothing for a period that %s', (name, filter) => {
    const now = name.includes('length') ? Date.parse('2026-11-22T00:00:00Z') : NOW;
    expect(ask(filter, now)).toBeUndefined();
  });
});

describe('the period that another one is compared with', () => {
  const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  const zones = fc.constantFrom('UTC', BERLIN, 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
  const presets = fc.constantFrom(...PRESETS.filter((preset) => preset !== 'custom'));

  it('is the same for a preset and for its dates', () => {
    fc.assert(
      fc.property(instants, zones, presets, (now, zone, period) => {
        const named = resolvePeriod({ period, from: null, to: null, zone }, now.getTime());
        fc.pre(named !== undefined);
        const dates = datesOf(named.period, zone);
        // On the first of a month, today is the month to date.
        fc.pre(period !== 'this-month' || dates.from !== dates.to);
        expect(resolvePeriod({ period: 'custom', ...dates, zone }, now.getTime())).toEqual(named);
      }),
    );
  });

  it('ends with whole days if the period does, and with the same clock time otherwise', () => {
    fc.assert(
      fc.property(instants, zones, fc.nat(400), fc.nat(400), (now, zone, ago, length) => {
        const to = daysUntil(now.getTime(), 1 + ago, zone).from;
        const from = daysUntil(now.getTime(), 1 + ago + length, zone).from;
        const found = resolvePeriod({ period: 'custom', from, to, zone }, now.getTime());
        fc.pre(found !== undefined);
        const { period, before } = found;
        const clock = (ms: number) => toZonedTime(ms, zone).toPlainTime().toString();
        expect(clock(before.startMs)).toBe('00:00:00');
        // Clocks that are put forward skip a time.
        fc.pre(toZonedTime(before.endMs, zone).hoursInDay >= 24);
        expect(clock(before.endMs)).toBe(clock(period.endMs));
        expect(before.endMs).toBeLessThanOrEqual(period.startMs);
      }),
    );
  });

  it.each<[string, Partial<PeriodFilter>, string | undefined]>([
    ['this month', { period: 'this-month' }, '2026-11-01T00:00Z/2026-12-01T00:00Z'],
    ['last month', { period: 'last-month' }, '2026-10-01T00:00Z/2026-11-01T00:00Z'],
    ['the dates of a month', { from: '2026-02-01', to: '2026-02-28' }, '2026-02-01T00:00Z/2026-03-01T00:00Z'],
    ['part of a month', { from: '2026-02-01', to: '2026-02-27' }, undefined],
    ['30 days', { period: '30-days' }, undefined],
  ])('is of a month or not: %s', (_name, filter, month) => {
    const found = resolvePeriod({ period: 'custom', from: null, to: null, zone: 'UTC', ...filter }, NOW)!;
    expect(found.month && textOf(found.month)).toBe(month);
  });
});

describe('zoomFilter', () => {
  it.each<[string, string, string, PeriodFilter['from'], PeriodFilter['to']]>([
    ['a day', '2026-10-24T22:00Z', '2026-10-25T23:00Z', '2026-10-25', '2026-10-25'],
    ['days until now', '2026-11-19T23:00Z', '2026-11-22T11:30Z', '2026-11-20', '2026-11-22'],
    ['part of a day', '2026-11-20T10:45Z', '2026-11-20T23:00Z', '2026-11-20T10:45:00Z', '2026-11-20T23:00:00Z'],
    ['part of today', '2026-11-21T23:00Z', '2026-11-22T10:00Z', '2026-11-21T23:00:00Z', '2026-11-22T10:00:00Z'],
    ['an hour', '2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'],
  ])('selects exactly %s', (_name, start, end, from, to) => {
    const period = { startMs: Date.parse(start), endMs: Date.parse(end) };
    const filter = zoomFilter(period, BERLIN, NOW);
    expect(filter).toEqual({ period: 'custom', from, to });
    expect(resolvePeriod({ ...filter, zone: BERLIN }, NOW)?.period).toEqual(period);
  });
});

describe('explainNoPeriod', () => {
  it.each([
    ['2026-11-23', '2026-11-24', 'notStarted'],
    ['2026-11-02', '2026-11-01', 'reversed'],
    ['2026-11-02T10:00:00Z', '2026-11-02T10:00:00Z', 'reversed'],
    ['2026-11-02', null, 'incomplete'],
  ])('explains why %s to %s selects nothing', (from, to, reason) => {
    expect(explainNoPeriod({ period: 'custom', from, to, zone: 'UTC' })).toBe(reason);
  });
});
