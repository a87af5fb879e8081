/** The browser's locale, always with the digits 0 to 9: for every number and date on the page. */
export const LOCALE = new Intl.Locale(new Intl.NumberFormat().resolvedOptions().locale, {
  numberingSystem: 'latn',
}).toString();

const formats = new Map<string, Intl.NumberFormat>();

/** Returns a format of numbers in the browser's language. Creating one takes about a hundred times as long as using it, so each is kept. */
export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(LOCALE, options);
  formats.set(key, format);
  return format;
}

/** Writes a count, or a rate with up to two decimals, with the separators of the locale: `47,216`. */
export function formatCount(count: number): string {
  return numberFormat({ maximumFractionDigits: 2 }).format(count);
}
