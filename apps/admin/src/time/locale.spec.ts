import { numberFormat } from './locale';

it('keeps one format of numbers for equal options', () => {
  const format = numberFormat({ minimumFractionDigits: 3 });
  expect(numberFormat({ minimumFractionDigits: 3 })).toBe(format);
  expect(numberFormat({ minimumFractionDigits: 2 }).format(1)).toBe('1.00');
});
