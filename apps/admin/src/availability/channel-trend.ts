import { skipToken, useQuery } from '@tanstack/react-query';
import pLimit from 'p-limit';
import { chosenOf } from './chosen';
import { type Bucket, REPORT_PATH } from './report';
import { rangeOf, type View } from './view';
import { api } from '../session/session.client';
import { intervalFor } from '../time/period';

const SIMULTANEOUS = 4;
/** At most four a second: scrolling through hundreds of channels leaves most of a token's 600 requests a minute to the rest. */
const SPACING_MS = 1000;
/** A strip shows a long time, of which a few minutes change little. */
const REMEMBERED_MS = 5 * 60_000;

const limit = pLimit(SIMULTANEOUS);

/**
 * Fetches the buckets of one channel over the period of a view, a few channels at a time.
 *
 * @param isWanted whether to fetch what is not remembered
 */
export function useChannelTrend(view: View, channel: string, isWanted: boolean) {
  return useQuery({
    // A period that ends now ends a little later with each refresh, and keeps its strips.
    queryKey: ['channel-trend', { ...chosenOf(view), channel }],
    queryFn: isWanted ? ({ signal }) => inTurn(() => fetchBuckets(view, channel, signal), signal) : skipToken,
    staleTime: REMEMBERED_MS,
    refetchOnWindowFocus: false,
  });
}

/** Fetches in turn. What is canceled before its turn costs nothing. */
function inTurn<Fetched>(fetch: () => Promise<Fetched>, signal: AbortSignal): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    void limit(async () => {
      if (signal.aborted) return reject(signal.reason as Error);
      const fetched = fetch();
      fetched.then(resolve, reject);
      await Promise.allSettled([fetched, new Promise((end) => setTimeout(end, SPACING_MS))]);
    });
  });
}

async function fetchBuckets({ filters, hours, period }: View, channel: string, signal: AbortSignal): Promise<Bucket[]> {
  const range = rangeOf({ filters: { ...filters, channel }, hours }, period);
  const query = { ...range, timezone: filters.zone, interval: intervalFor(period) };
  const params = { path: { orgId: filters.org }, query };
  return (await api.GET(`${REPORT_PATH}/trend`, { params, signal })).data!.buckets;
}
