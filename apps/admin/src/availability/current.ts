import { type QueryClient, useQuery } from '@tanstack/react-query';
import { refreshAfterMs } from '../api/refresh';
import type { components } from '../api/schema';
import type { Filters } from '../filters/filters';
import { api } from '../session/session.client';
import { REPORT_PATH } from './report';
import { findScheduledHours } from './scheduled-hours';

export type Current = components['schemas']['CurrentResponse'];
export type CurrentChannels = components['schemas']['CurrentChannelsResponse'];

export const CURRENT_REFRESH_MS = 15_000;

/** After this time without a message, that is no news. */
const DORMANT_MS = 30 * 86_400_000;

/** Checks whether the last message is older than 30 days. */
export function isDormant({ state, last_message_at: lastMessageAt }: Current, asOfMs: number): boolean {
  return state === 'down' && asOfMs - Date.parse(lastMessageAt!) > DORMANT_MS;
}

/**
 * Fetches the current state of chat, and refreshes it every 15 seconds while the tab is visible. With stored opening hours,
 * chat is closed outside of them.
 */
export function useCurrent({ org, channel }: Filters) {
  return useQuery({
    queryKey: ['current', org, channel],
    queryFn: ({ client, signal }) => fetchCurrent(client, { org, channel }, signal),
    refetchInterval: (query) => refreshAfterMs(query, CURRENT_REFRESH_MS),
  });
}

/** Fetches the current state of each channel of an organization as often. */
export function useCurrentChannels({ org, channel }: Filters) {
  return useQuery({
    // The state of one channel is already asked for.
    enabled: channel === null,
    queryKey: ['current-channels', org],
    queryFn: ({ client, signal }) => fetchCurrentChannels(client, org, signal),
    refetchInterval: (query) => refreshAfterMs(query, CURRENT_REFRESH_MS),
  });
}

async function fetchCurrentChannels(client: QueryClient, org: string, signal: AbortSignal): Promise<CurrentChannels> {
  const hours = (await findScheduledHours(client, org)) ?? undefined;
  const params = { path: { orgId: org }, query: { hours } };
  return (await api.GET(`${REPORT_PATH}/current/channels`, { params, signal })).data!;
}

/**
 * Fetches the current state of an organization or a channel, within the opening hours that are stored.
 *
 * @throws Problem if the server does not answer
 */
export async function fetchCurrent(
  client: QueryClient,
  { org, channel }: Pick<Filters, 'org' | 'channel'>,
  signal: AbortSignal,
): Promise<Current> {
  const hours = (await findScheduledHours(client, org)) ?? undefined;
  const query = { channel: channel ?? undefined, hours };
  return (await api.GET(`${REPORT_PATH}/current`, { params: { path: { orgId: org }, query }, signal })).data!;
}
