import { hashKey, type QueryKey } from '@tanstack/react-query';
import type { View } from './view';

/** Returns what the reader chose of a view. Its period is other instants with every refresh, if it ends now. */
export function chosenOf({ filters, hours }: View): object {
  return { ...filters, target: undefined, hours };
}

/** Keeps the last answer until the next one arrives, if it is about what was chosen: the second part of the keys of a query. */
export function keptFor(chosen: unknown) {
  return <Data>(last: Data | undefined, lastQuery?: { queryKey: QueryKey }) =>
    lastQuery && hashKey([lastQuery.queryKey[1]]) === hashKey([chosen]) ? last : undefined;
}
