import { createParser, type inferParserType, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect } from 'react';
import { isPeriodEnd, isZone, PRESETS } from './period';

/** The time zone of the browser, by its IANA name. */
export const BROWSER_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const parseAsZone = checkedText(isZone);
const parseAsPeriodEnd = checkedText(isPeriodEnd);
const parseAsTarget = createParser({
  parse: (text) => (isTarget(Number(text)) ? Number(text) : null),
  serialize: String,
});

/** Whether a number can be a target: percent with up to three decimals, above 0. */
export function isTarget(percentage: number): boolean {
  return percentage >= 0.001 && percentage <= 100 && Number(percentage.toFixed(3)) === percentage;
}

/** All that decides what the page shows, as it stands in the URL. */
const PARAMETERS = {
  org: parseAsString.withDefault(''),
  period: parseAsStringLiteral(PRESETS).withDefault('30-days'),
  from: parseAsPeriodEnd,
  to: parseAsPeriodEnd,
  /** Exact name of one channel; null for all. */
  channel: parseAsString,
  zone: parseAsZone.withDefault(BROWSER_ZONE),
  /** Whether silence at the edges counts. Here it does by default: an outage that goes on is what people look for first. */
  edges: parseAsStringLiteral(['count', 'ignore'] as const).withDefault('count'),
  /** Percent of the time that the chat shall be alive. */
  target: parseAsTarget.withDefault(99.5),
};

export type Filters = inferParserType<typeof PARAMETERS>;
export type SetFilters = (change: Partial<Filters>, options?: { history: 'replace' }) => void;

/** The filters, and what changes some of them: a step that the browser's back button undoes, unless it replaces the last. */
export function useFilters(): [Filters, SetFilters] {
  const [filters, setQuery] = useQueryStates(PARAMETERS, { history: 'push', clearOnDefault: false });
  return [filters, (change, options) => void setQuery(change, options)];
}

/** Writes the filters that the URL leaves open into it, so that a copied link shows the same everywhere. */
export function useCompleteUrl(filters: Filters, setFilters: SetFilters): void {
  useEffect(() => {
    setFilters(filters, { history: 'replace' });
    // Once for each page load: later changes are complete.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

function checkedText(isValid: (text: string) => boolean) {
  return createParser({ parse: (text) => (isValid(text) ? text : null), serialize: String });
}
