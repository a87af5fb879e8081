import i18next, { type PostProcessorModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { maskValue, unmask } from './phrase-values';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page';
    resources: { page: typeof en };
  }
}

const unmasking: PostProcessorModule = { type: 'postProcessor', name: 'unmask', process: unmask };

/** Options for a phrase whose values remain masked. */
export const MASKED = { applyPostProcessor: false };

/** Prepares the phrases in a language that the page speaks. Components get them from `useTranslation`: `t('bar.signOut')`. */
export async function loadPhrases(language: 'en' | 'de'): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use(unmasking)
    .init({
      lng: language,
      fallbackLng: 'en',
      defaultNS: 'page',
      resources: { en: { page: en }, ...(language === 'de' && { de: { page: (await import('./de')).de } }) },
      interpolation: { escape: maskValue },
      postProcess: unmasking.name,
      // `Trans` first makes elements of the tags.
      react: { unescape: unmask, transDefaultProps: { shouldUnescape: true, tOptions: MASKED } },
    });
}
