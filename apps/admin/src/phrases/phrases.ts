import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page';
    resources: { page: typeof en };
  }
}

/** The languages that the page speaks; the first is the one for readers of any other. */
const LANGUAGES = ['en', 'de'] as const;

/**
 * Prepares the phrases in the first of the browser's languages that the page speaks. Components get them from
 * `useTranslation`: `t('bar.signOut')`.
 */
export async function loadPhrases(preferred: readonly string[] = navigator.languages): Promise<void> {
  const codes = preferred.map((name) => new Intl.Locale(name).language);
  const language = LANGUAGES.find((own) => own === codes.find((code) => LANGUAGES.some((one) => one === code))) ?? 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'page',
    resources: { en: { page: en }, ...(language === 'de' && { de: { page: (await import('./de')).de } }) },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}
