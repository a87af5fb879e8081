import { useQuery } from '@tanstack/react-query';
import { chosenOf, keptFor } from './chosen';
import { endingWith, fetchReport, includeOf, type View } from './view';

/** Fetches the report on one channel over the period of a view. */
export function useChannelReport(view: View, channel: string) {
  const { filters, hours, period, asOfMs } = view;
  const measured = { filters: { ...filters, channel }, hours };
  const chosen = { ...chosenOf(view), channel };
  return useQuery({
    queryKey: ['channel-report', chosen, period],
    queryFn: async ({ signal }) =>
      endingWith({ period, asOfMs }, await fetchReport(measured, period, signal, includeOf(measured))),
    placeholderData: keptFor(chosen),
    refetchInterval: false,
  });
}
