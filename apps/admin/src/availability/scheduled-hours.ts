import type { QueryClient } from '@tanstack/react-query';
import { api } from '../session/session.client';

/** Hours are rarely given to an organization that has none. */
const REMEMBERED_MS = 60_000;

/**
 * Finds which hours a request on an organization is to name: those that are stored, or none. The answer is remembered, and
 * forgotten when the page stores hours.
 *
 * @throws Problem if the server does not answer
 */
export function findScheduledHours(client: QueryClient, orgId: string): Promise<'scheduled' | null> {
  return client.fetchQuery({
    queryKey: ['scheduled-hours', orgId],
    staleTime: REMEMBERED_MS,
    queryFn: async () => ((await hasSchedule(orgId)) ? 'scheduled' : null),
  });
}

/**
 * Asks whether an organization has a schedule. The browser's console would show the 404 of one that is missing as an error, while
 * its history is empty or ends with a deletion.
 */
export async function hasSchedule(orgId: string): Promise<boolean> {
  const params = { path: { orgId }, query: { limit: 1 } };
  const { data } = await api.GET('/backend/reports/{orgId}/schedule/history', { params });
  return Boolean(data!.changes[0]?.schedule);
}
