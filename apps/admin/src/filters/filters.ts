import { createParser, type inferParserType, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useEffect } from 'react';
import { isPeriodEnd } from '../time/period-end';
import { PRESETS } from '../time/period-filter';
import { BROWSER_ZONE, isTimeZone } from '../time/time-zone';

const parseAsTimeZone = parseIf(isTimeZone);
const parseAsPeriodEnd = parseIf(isPeriodEnd);
const parseAsTarget = createParser({
  parse: (text) => (isTarget(Number(text)) ? Number(text) : null),
  serialize: String,
});

/** The parameters in the page's URL. Together they determine what it shows. */
const PARAMETERS = {
  org: parseAsString.withDefault(''),
  period: parseAsStringLiteral(PRESETS).withDefault('30-days'),
  from: parseAsPeriodEnd,
  to: parseAsPeriodEnd,
  /** Exact name of a channel; null for all. */
  channel: parseIf((name) => name !== ''),
  zone: parseAsTimeZone.withDefault(BROWSER_ZONE),
  /** Whether silence at the edges counts. Unlike in the API, it does by default: an ongoing outage matters most. */
  edges: parseAsStringLiteral(['count', 'ignore'] as const).withDefault('count'),
  /** What counts: the time within the opening hours, if the organization has any, or all time. */
  hours: parseAsStringLiteral(['scheduled', 'all'] as const).withDefault('scheduled'),
  /** Availability to aim for, in percent. */
  target: parseAsTarget.withDefault(99.5),
};

export type Filters = inferParserType<typeof PARAMETERS>;
export type SetFilters = (change: Partial<Filters>, options?: { history: 'replace' }) => void;

/** The properties of a component that shows filters and changes them. */
export interface FilterProperties {
  filters: Filters;
  setFilters: SetFilters;
}

/** Returns the filters and a function that changes some. The back button undoes a change, unless it was a `replace`. */
export function useFilters(): [Filters, SetFilters] {
  const [filters, setQuery] = useQueryStates(PARAMETERS, { history: 'push', clearOnDefault: false });
  const setFilters = useCallback<SetFilters>((change, options) => void setQuery(change, options), [setQuery]);
  return [filters, setFilters];
}

/** Adds missing filters to the URL when the page loads, so that a copied link shows the same everywhere. */
export function useCompleteUrl(filters: Filters, setFilters: SetFilters): void {
  useEffect(() => {
    setFilters(filters, { history: 'replace' });
    // Once per page load is enough: later changes keep the URL complete.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

/** Checks whether a percentage can be a target: above 0, up to 100, with at most three decimals. */
export function isTarget(percentage: number): boolean {
  return percentage >= 0.001 && percentage <= 100 && Number(percentage.toFixed(3)) === percentage;
}

function parseIf(isValid: (text: string) => boolean) {
  return createParser({ parse: (text) => (isValid(text) ? text : null), serialize: String });
}
