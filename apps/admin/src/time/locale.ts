/** The languages that the page speaks; the first is the one for readers of any other. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** For readers of English in general: the day before the month, whose name is written, and 24 hours. */
const DEFAULT_LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de' };

/**
 * Chooses the language of the page and the locale of its numbers and dates, which is always one of that language: a sentence has no
 * month in another. Digits are 0 to 9, and the calendar is the one of the API.
 *
 * @param preferred languages of the reader, the most wanted first; what is no language tag is left out
 */
export function chooseLocale(preferred: readonly string[]): { language: Language; locale: string } {
  const known = preferred.filter((tag) => LANGUAGES.some((own) => own === languageOf(tag)));
  const language = LANGUAGES.find((own) => own === languageOf(known[0])) ?? LANGUAGES[0];
  const options = { numberingSystem: 'latn', calendar: 'gregory' };
  return { language, locale: new Intl.Locale(known[0] ?? DEFAULT_LOCALES[language], options).toString() };
}

function languageOf(tag = ''): string | undefined {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}

/** As the browser prefers. A unit test has no browser. */
export const { language: LANGUAGE, locale: LOCALE } = chooseLocale(
  typeof navigator === 'undefined' ? [] : navigator.languages,
);

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
