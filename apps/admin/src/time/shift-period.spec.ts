import type { PeriodFilter } from './period-filter';
import { shiftPeriod } from './shift-period';

const NOW_MS = Date.parse('2026-11-28T12:00:00Z');
const filterOf = (period: Partial<PeriodFilter>): PeriodFilter => ({
  period: 'custom',
  from: null,
  to: null,
  zone: 'Europe/Berlin',
  ...period,
});
const dates = (from: string, to: string) => ({ period: 'custom', from, to });

describe('the neighbor of a period', () => {
  it.each<[string, Partial<PeriodFilter>, -1 | 1, object | undefined]>([
    ['this month', { period: 'this-month' }, -1, { period: 'last-month', from: null, to: null }],
    ['this month, forwards', { period: 'this-month' }, 1, undefined],
    ['the last month', { period: 'last-month' }, 1, { period: 'this-month', from: null, to: null }],
    ['the last month, backwards', { period: 'last-month' }, -1, dates('2026-09-01', '2026-09-30')],
    ['a month by its dates', { from: '2026-01-01', to: '2026-01-31' }, 1, dates('2026-02-01', '2026-02-28')],
    ['30 days', { period: '30-days' }, -1, dates('2026-09-30', '2026-10-29')],
    ['30 days, forwards', { period: '30-days' }, 1, undefined],
    ['today', { period: 'today' }, -1, dates('2026-11-27', '2026-11-27')],
    // The clocks go back on 25 October.
    ['a day before a change of clocks', { from: '2026-10-24', to: '2026-10-24' }, 1, dates('2026-10-25', '2026-10-25')],
    ['a day after one', { from: '2026-10-26', to: '2026-10-26' }, -1, dates('2026-10-25', '2026-10-25')],
    [
      'instants',
      { from: '2026-01-01T10:00:00Z', to: '2026-01-01T12:00:00Z' },
      1,
      dates('2026-01-01T12:00:00Z', '2026-01-01T14:00:00Z'),
    ],
    ['no period', { from: '2026-01-02', to: '2026-01-01' }, 1, undefined],
    ['the first days of all', { from: '1970-01-02', to: '1970-01-20' }, -1, undefined],
  ])('of %s', (_name, filter, by, expected) => {
    expect(shiftPeriod(filterOf(filter), by, NOW_MS)).toEqual(expected);
  });
});
