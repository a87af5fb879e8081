import { useQuery } from '@tanstack/react-query';
import { api } from '../session/session.client';
import type { Period } from '../time/period';
import { chosenOf, keptFor } from './chosen';
import { type Channel, REPORT_PATH } from './report';
import { rangeOf, type View } from './view';

/** Fetches the channels that have messages within a part of the shown period, the worst first. */
export function useChannelsWithin(view: View, part: Period) {
  const { filters, hours } = view;
  const query = rangeOf({ filters: { ...filters, channel: null }, hours }, part);
  const chosen = { ...chosenOf(view), startMs: part.startMs };
  return useQuery({
    queryKey: ['channels-within', chosen, query],
    queryFn: async ({ signal }): Promise<Channel[]> => {
      const params = { path: { orgId: filters.org }, query };
      const { data } = await api.GET(`${REPORT_PATH}/breakdown`, { params, signal });
      return data!.channels.filter(({ first_message_at: first }) => first !== null);
    },
    placeholderData: keptFor(chosen),
  });
}
