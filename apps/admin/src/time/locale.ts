/** The browser's locale, always with the digits 0 to 9: for every number and date on the page. */
export const LOCALE = new Intl.Locale(new Intl.NumberFormat().resolvedOptions().locale, {
  numberingSystem: 'latn',
}).toString();

const numbers = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });

/** Writes a count, or a rate with up to two decimals, with the separators of the locale: `47,216`. */
export function formatCount(count: number): string {
  return numbers.format(count);
}
