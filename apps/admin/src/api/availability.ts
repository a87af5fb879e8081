import { useQuery } from '@tanstack/react-query';
import type { Filters } from '../filters/filters';
import { type ComparedPeriod, type Interval, intervalFor, type Period, resolvePeriod } from '../filters/period';
import { api } from './client';
import { Problem } from './problem.error';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Report = Schemas['AvailabilityResponse'] & { summary: Schemas['SummaryResponse'] };
export type Trend = Schemas['TrendResponse'];
export type Bucket = Schemas['TrendBucketResponse'];
export type Breakdown = Schemas['BreakdownResponse'];
export type Outage = Schemas['DowntimeResponse'];
export type Current = Schemas['CurrentResponse'];

/** All that the page shows for one set of filters, asked at one moment. */
export interface View extends ComparedPeriod {
  filters: Filters;
  report: Report;
  /** The same for the period before. */
  reportBefore: Report;
  trend: Trend;
  interval: Interval;
  askedAtMs: number;
  breakdown: Breakdown;
}

const REPORT = '/backend/reports/{orgId}/chats/availability';
const REFRESH_VIEW_MS = 60_000;
const REFRESH_CURRENT_MS = 15_000;

/**
 * Asks for the view, and again each minute if it ends now. Null where a period holds nothing to ask for. While one for other
 * filters of the organization is on its way, the last one is there as placeholder data.
 */
export function useView(filters: Filters, { enabled }: { enabled: boolean }) {
  return useQuery<View | null>({
    enabled,
    // The target alone is applied by the page.
    queryKey: ['view', { ...filters, target: undefined }],
    queryFn: ({ signal }) => fetchView(filters, signal),
    refetchInterval: ({ state: { data } }) => (data && !endsNow(data) ? false : REFRESH_VIEW_MS),
    placeholderData: (last) => (last?.filters.org === filters.org ? last : undefined),
  });
}

/** Whether a view goes on with the time. */
export function endsNow({ period, askedAtMs }: View): boolean {
  return period.endMs >= askedAtMs;
}

/** When the messages of a report begin, if that is within its period: before, nothing is known and nothing counts. */
export function unknownUntil({ summary, down_times: downTimes }: Report, { startMs }: Period): string | undefined {
  const { first_message_at: firstMessageAt } = summary;
  const isSilentFromStart = downTimes.length > 0 && Date.parse(downTimes[0]!.start_time) === startMs;
  if (firstMessageAt === null || isSilentFromStart) return undefined;
  // Up to the two minutes that every gap may have.
  return Date.parse(firstMessageAt) - startMs > 120_000 ? firstMessageAt : undefined;
}

/** Whether a report is about anything: without messages it says 100 % of nothing. */
export function hasData({ summary, total_down_time: totalDownTime }: Report): boolean {
  return summary.first_message_at !== null || totalDownTime > 0;
}

/** Whether the chat is alive now, asked as long as the tab is visible. */
export function useCurrent({ org, channel }: Filters) {
  return useQuery({
    queryKey: ['current', org, channel],
    queryFn: async ({ signal }) => {
      const query = { channel: channel ?? undefined };
      return (await api.GET(`${REPORT}/current`, { params: { path: { orgId: org }, query }, signal })).data!;
    },
    refetchInterval: REFRESH_CURRENT_MS,
  });
}

/** The outages of a view as a file, made by the server. */
export async function fetchOutagesAsCsv({ filters, period }: View): Promise<Blob> {
  const query = { ...rangeOf(filters, period), format: 'csv' } as const;
  const { data } = await api.GET(REPORT, { params: { path: { orgId: filters.org }, query }, parseAs: 'blob' });
  return data!;
}

async function fetchView(filters: Filters, signal: AbortSignal): Promise<View | null> {
  const askedAtMs = Date.now();
  const compared = resolvePeriod(filters, askedAtMs);
  if (compared === undefined) return null;
  const { period, before } = compared;
  const path = { orgId: filters.org };
  const range = rangeOf(filters, period);
  const interval = intervalFor(period);
  const [report, reportBefore, trend, breakdown] = await Promise.all([
    fetchReport(filters, period, signal),
    // The API includes both ends of a range, and the message between the two periods belongs to the second.
    fetchReport(filters, { ...before, endMs: before.endMs - 1 }, signal),
    api.GET(`${REPORT}/trend`, { params: { path, query: { ...range, interval, timezone: filters.zone } }, signal }),
    api.GET(`${REPORT}/breakdown`, { params: { path, query: { ...range, channel: undefined } }, signal }),
  ]).catch((error: unknown) => Promise.reject(Problem.from(error)));
  return {
    ...compared,
    askedAtMs,
    filters,
    report,
    reportBefore,
    interval,
    trend: trend.data!,
    breakdown: breakdown.data!,
  };
}

async function fetchReport(filters: Filters, period: Period, signal: AbortSignal): Promise<Report> {
  const query = { ...rangeOf(filters, period), include: 'summary' } as const;
  const { data } = await api.GET(REPORT, { params: { path: { orgId: filters.org }, query }, signal });
  return data as Report;
}

function rangeOf({ channel, edges }: Filters, { startMs, endMs }: Period) {
  const [startDate, endDate] = [startMs, endMs].map((ms) => new Date(ms).toISOString());
  return { startDate: startDate!, endDate: endDate!, channel: channel ?? undefined, edges };
}
