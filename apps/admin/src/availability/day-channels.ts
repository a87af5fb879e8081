import { useQuery } from '@tanstack/react-query';
import type { Filters } from '../filters/filters';
import { api } from '../session/session.client';
import type { Period } from '../time/period';
import { type Channel, REPORT_PATH } from './report';

/** Fetches the channels that have messages within a part of the shown period, the worst first. */
export function useChannelsWithin({ org, edges }: Filters, { startMs, endMs }: Period) {
  return useQuery({
    queryKey: ['channels-within', org, edges, startMs, endMs],
    queryFn: async ({ signal }): Promise<Channel[]> => {
      const [startDate, endDate] = [startMs, endMs].map((ms) => new Date(ms).toISOString());
      const query = { startDate: startDate!, endDate: endDate!, edges };
      const { data } = await api.GET(`${REPORT_PATH}/breakdown`, { params: { path: { orgId: org }, query }, signal });
      return data!.channels.filter(({ first_message_at: first }) => first !== null);
    },
  });
}
