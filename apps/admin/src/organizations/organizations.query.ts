import { type QueryClient, useQueries, type UseQueryResult } from '@tanstack/react-query';
import pLimit from 'p-limit';
import { REPORT_PATH } from '../availability/report';
import type { components } from '../api/schema';
import { type Current, fetchCurrent } from '../availability/current';
import { findScheduledHours } from '../availability/scheduled-hours';
import type { Filters } from '../filters/filters';
import { api } from '../session/session.client';
import { intervalFor, type Period } from '../time/period';
import { resolvePeriod } from '../time/period-filter';

type Schemas = components['schemas'];

/** What one organization was like in a period, and is now. */
export interface OrganizationSummary {
  trend: Schemas['TrendResponse'];
  current: Current;
  period: Period;
}

/** The requests of one follow each other. Other readers have requests, too. */
const SIMULTANEOUS_ORGANIZATIONS = 4;
const REFRESH_MS = 60_000;
/** Many organizations are refreshed less often, since each takes its time. */
const REFRESH_MS_EACH = 2000;

/**
 * Fetches the state and the history of many organizations, a few at a time, and refreshes them about every minute. With
 * opening hours, an organization is measured within them.
 */
export function useOrganizations(
  organizationIds: string[],
  filters: Filters,
): UseQueryResult<OrganizationSummary | null>[] {
  const { period, from, to, zone, edges } = filters;
  return useQueries({
    queries: organizationIds.map((org) => ({
      queryKey: ['organization', org, { period, from, to, zone, edges }],
      queryFn: ({ client, signal }: Context) => limit(() => fetchSummary(client, org, filters, signal)),
      refetchInterval: Math.max(REFRESH_MS, organizationIds.length * REFRESH_MS_EACH),
    })),
  });
}

interface Context {
  client: QueryClient;
  signal: AbortSignal;
}

const limit = pLimit(SIMULTANEOUS_ORGANIZATIONS);

/** @returns null if the filters select no period */
async function fetchSummary(
  client: QueryClient,
  org: string,
  filters: Filters,
  signal: AbortSignal,
): Promise<OrganizationSummary | null> {
  // It may have been left while it waited for its turn.
  signal.throwIfAborted();
  const resolved = resolvePeriod(filters, Date.now());
  if (resolved === undefined) return null;
  const { startMs, endMs } = resolved.period;
  const { zone: timezone, edges } = filters;
  const path = { orgId: org };
  const current = await fetchCurrent(client, { org, channel: null }, signal);
  const hours = (await findScheduledHours(client, org)) ?? undefined;
  const range = { startDate: new Date(startMs).toISOString(), endDate: new Date(endMs).toISOString(), edges, hours };
  const query = { ...range, timezone, interval: intervalFor(resolved.period) };
  const { data } = await api.GET(`${REPORT_PATH}/trend`, { params: { path, query }, signal });
  return { trend: data as Schemas['TrendResponse'], current, period: resolved.period };
}
