import { createParser, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { isPeriodEnd } from '../time/period-end';

/** What the page can show instead of the dashboard. */
export const PAGE_VIEWS = ['hours', 'organizations', 'wall'] as const;
export type PageView = (typeof PAGE_VIEWS)[number];

/** Returns the view that the URL names, null for the dashboard, and a function that changes it. */
export function usePageView(): [PageView | null, (view: PageView | null) => void] {
  const [view, setView] = useQueryState('view', parseAsStringLiteral(PAGE_VIEWS).withOptions({ history: 'push' }));
  return [view, (next) => void setView(next)];
}

/** How the history is drawn. */
export const HISTORY_MODES = ['days', 'hours', 'timeline'] as const;
export type HistoryMode = (typeof HISTORY_MODES)[number];

/** What the history shows. */
export interface HistoryView {
  history: HistoryMode;
  /** The date that is open; null for none. */
  day: string | null;
  /** The start of the outage that is marked, as the API writes it; null for none. */
  outage: string | null;
}

const parseAsDate = createParser({
  parse: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && isPeriodEnd(text) ? text : null),
  serialize: String,
});

/** Returns what the history shows according to the URL, and a function that changes it. */
export function useHistoryView(): [HistoryView, (change: Partial<HistoryView>) => void] {
  const [view, setView] = useQueryStates(
    { history: parseAsStringLiteral(HISTORY_MODES).withDefault('days'), day: parseAsDate, outage: parseAsString },
    { history: 'push' },
  );
  return [view, (change) => void setView(change)];
}
