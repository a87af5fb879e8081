import i18next from 'i18next';
import { en } from '../phrases/en';
import { hoursInWords } from './hours-in-words';

describe('hoursInWords', () => {
  beforeAll(() => i18next.init({ lng: 'en', defaultNS: 'page', resources: { en: { page: en } } }));

  it.each([
    ['Mo-Fr 09:00-18:00', 'Mon–Fri 09:00–18:00'],
    ['Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00', 'Mon–Fri 09:00–12:00, 13:00–17:30, Sat 10:00–14:00'],
    ['mo,tu,we 9:00-18:00', 'Mon–Wed 09:00–18:00'],
    ['Mo 09:00-18:00; We 09:00-18:00', 'Mon 09:00–18:00, Wed 09:00–18:00'],
    ['Fr-Sa 22:00-06:00', 'Fri–Sat 22:00–06:00'],
    ['08:00-20:00', 'every day 08:00–20:00'],
    ['Sa-Su 00:00-24:00', 'Sat–Sun all day'],
    ['24/7', 'around the clock'],
  ])('writes %s as %s', (notation, words) => {
    expect(hoursInWords(notation, 'en-GB')).toBe(words);
  });

  it('takes names and times from the locale', () => {
    expect(hoursInWords('Mo-Fr 09:00-18:00', 'de')).toBe('Mo–Fr 09:00–18:00');
    expect(hoursInWords('Mo 09:00-18:00', 'en-US')).toMatch(/^Mon 09:00\sAM–06:00\sPM$/);
  });

  it.each(['Mo-Su off', 'Mo 09:00-17:00; Tu 09:00-18:00; We 10:00-17:00; Th 08:00-12:00'])(
    'leaves %s as it is: it has no short words',
    (notation) => {
      expect(hoursInWords(notation)).toBe(notation);
    },
  );
});
