import { chooseLocale, numberFormat } from './locale';

describe('the locale of the page', () => {
  const dateIn = (preferred: string[]) =>
    new Intl.DateTimeFormat(chooseLocale(preferred).locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
      Date.UTC(2016, 4, 30),
    );

  it.each([
    [['en-GB'], 'en', '30 May 2016'],
    [['en-US', 'en'], 'en', 'May 30, 2016'],
    [['de-AT', 'de', 'en'], 'de', '30.05.2016'],
    [['ja', 'en-US'], 'en', 'May 30, 2016'],
    [['ar-EG'], 'en', '30 May 2016'],
    [['fa-IR', 'de-CH'], 'de', '30.05.2016'],
    [['en-US@posix', 'de-DE'], 'de', '30.05.2016'],
    [['en-GB-u-ca-buddhist-nu-arab'], 'en', '30 May 2016'],
    [[], 'en', '30 May 2016'],
  ])('of a reader of %j speaks %s and writes %s', (preferred, language, date) => {
    expect(chooseLocale(preferred).language).toBe(language);
    expect(dateIn(preferred)).toBe(date);
  });
});

it('keeps one format of numbers for equal options', () => {
  const format = numberFormat({ minimumFractionDigits: 3 });
  expect(numberFormat({ minimumFractionDigits: 3 })).toBe(format);
  expect(numberFormat({ minimumFractionDigits: 2 }).format(1)).toBe('1.00');
});
