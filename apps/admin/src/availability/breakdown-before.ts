import { useQuery } from '@tanstack/react-query';
import type { components } from '../api/schema';
import { api } from '../session/session.client';
import { chosenOf, keptFor } from './chosen';
import { REPORT_PATH } from './report';
import { rangeOf, type View, withoutEnd } from './view';

type Breakdown = components['schemas']['BreakdownResponse'];

/** Fetches the breakdown of the period before a view, in which each channel is compared with itself. */
export function useBreakdownBefore(view: View) {
  const { filters, hours, before } = view;
  const query = rangeOf({ filters: { ...filters, channel: null }, hours }, withoutEnd(before));
  const chosen = chosenOf(view);
  return useQuery({
    queryKey: ['breakdown', chosen, query],
    queryFn: async ({ signal }): Promise<Breakdown> => {
      const params = { path: { orgId: filters.org }, query };
      return (await api.GET(`${REPORT_PATH}/breakdown`, { params, signal })).data!;
    },
    placeholderData: keptFor(chosen),
    refetchInterval: false,
  });
}
