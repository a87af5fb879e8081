import { isDate, isPeriodEnd } from './period-end';

describe('isPeriodEnd', () => {
  it.each(['2023-02-30', '2023-01-01T10:00', 'yesterday', '', '1969-12-31', '1969-12-31T10:00Z'])(
    'rejects %j',
    (text) => expect(isPeriodEnd(text)).toBe(false),
  );
});

describe('isDate', () => {
  it.each([
    ['2016-05-01', true],
    ['2016-02-30', false],
    ['2016-05-01T10:00:00Z', false],
    ['+002016-05-01', false],
    ['1969-12-31', false],
  ])('of %s is %s', (text, is) => expect(isDate(text)).toBe(is));

  it('takes the first day that there can be', () => {
    expect(['1970-01-01', '1970-01-01T00:00:00Z'].map(isPeriodEnd)).toEqual([true, true]);
  });
});
