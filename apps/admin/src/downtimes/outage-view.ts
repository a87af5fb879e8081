import { parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';

/** How the URL wants the outages: their order, and how long they are at least, in minutes. */
const PARAMETERS = {
  outages: parseAsStringLiteral(['latest', 'longest'] as const).withDefault('latest'),
  'outages-min': parseAsInteger.withDefault(0),
};

/** Returns how the outages are to be shown, and a function that changes it. The back button does not undo that. */
export function useOutageView() {
  const [view, change] = useQueryStates(PARAMETERS, { history: 'replace' });
  return [view, (next: Partial<typeof view>) => void change(next)] as const;
}
