import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem.error';
import { refreshAfterMs } from '../api/refresh';
import type { components } from '../api/schema';
import type { Filters } from '../filters/filters';
import { api } from '../session/session.client';
import type { Period } from '../time/period';
import { type ComparedPeriod, resolvePeriod } from '../time/period-filter';
import { type Report, REPORT_PATH } from './report';
import { findScheduledHours } from './scheduled-hours';

type Schemas = components['schemas'];

type Hours = Awaited<ReturnType<typeof findScheduledHours>>;

/** Everything the page shows for one set of filters, fetched together. */
export interface View extends ComparedPeriod {
  filters: Filters;
  /** The hours that count: those that are stored, or null for all time. */
  hours: Hours;
  report: Report;
  /** How much of the month counts, if the period is one or a part of one until now. */
  monthMs?: number;
  /** The report for the period before. */
  reportBefore: Report;
  breakdown: Schemas['BreakdownResponse'];
  /** The instant that counted as now. Milliseconds since 1970. */
  asOfMs: number;
}

export const VIEW_REFRESH_MS = 60_000;

/**
 * Fetches the view, and refreshes it every minute if its period ends now. The data is null if the filters select no
 * period. When filters change within an organization, the previous view is shown until the new one arrives, even if that fails.
 */
export function useView(filters: Filters, { enabled }: { enabled: boolean }) {
  const query = useQuery<View | null>({
    enabled,
    // The page applies the target itself, so a new target needs no request.
    queryKey: ['view', { ...filters, target: undefined }],
    queryFn: ({ client, signal }) => fetchView(client, filters, signal),
    // Looking for what has not changed in tens of thousands of outages takes longer than it saves.
    structuralSharing: false,
    refetchInterval: (one) => refreshAfterMs(one, one.state.data && !endsNow(one.state.data) ? false : VIEW_REFRESH_MS),
    placeholderData: (last) => (last?.filters.org === filters.org ? last : undefined),
  });
  const [shown, setShown] = useState<View | null>();
  if (query.data && query.data !== shown) setShown(query.data);
  const isReplaced = query.data === undefined && query.isError && shown?.filters.org === filters.org;
  return isReplaced ? { ...query, data: shown, isPlaceholderData: true } : query;
}

/** Checks whether the period of a view ends now, so that new messages can change it. */
export function endsNow({ period, asOfMs }: View): boolean {
  return period.endMs >= asOfMs;
}

async function fetchView(client: QueryClient, filters: Filters, signal: AbortSignal): Promise<View | null> {
  const asOfMs = Date.now();
  const compared = resolvePeriod(filters, asOfMs);
  if (compared === undefined) return null;
  const { period, before } = compared;
  const hours = filters.hours === 'all' ? null : await findScheduledHours(client, filters.org);
  const measured = { filters, hours };
  const path = { orgId: filters.org };
  const include = includeOf(measured);
  const range = { ...rangeOf(measured, period), interval: 'month', timezone: filters.zone, include } as const;
  const [overview, reportBefore, monthMs] = await Promise.all([
    api.GET(`${REPORT_PATH}/overview`, { params: { path, query: range }, signal }),
    fetchReport(measured, withoutEnd(before), signal),
    fetchMonthMs(measured, compared, signal),
  ]).catch((error: unknown) => Promise.reject(Problem.from(error)));
  const { report, breakdown } = overview.data!;
  return {
    ...compared,
    asOfMs,
    ...measured,
    report: endingWith({ period, asOfMs }, report as Report),
    reportBefore,
    monthMs,
    breakdown,
  };
}

/** An outage that outlasts a period ends for its readers where the period does, however long it goes on. */
export function endingWith({ period: { endMs }, asOfMs }: Pick<View, 'period' | 'asOfMs'>, report: Report): Report {
  const last = report.down_times.at(-1);
  if (!last?.ongoing || Date.parse(last.end_time) < endMs || endMs >= asOfMs) return report;
  return { ...report, down_times: [...report.down_times.slice(0, -1), { ...last, ongoing: undefined }] };
}

type Measured = Pick<View, 'filters' | 'hours'>;

type Include = 'summary' | 'summary,closed_times';

/** Returns what a report needs for its outages to be shown: where they are within the opening hours, if only those count. */
export function includeOf({ hours }: Measured): Include {
  return hours ? 'summary,closed_times' : 'summary';
}

/** Fetches a report, with what it is to include. */
export async function fetchReport(
  measured: Measured,
  period: Period,
  signal: AbortSignal,
  include: Include = 'summary',
): Promise<Report> {
  const query = { ...rangeOf(measured, period), include };
  const path = { orgId: measured.filters.org };
  return (await api.GET(REPORT_PATH, { params: { path, query }, signal })).data as Report;
}

/** The API includes both ends of a range, but a message where two periods meet belongs to the later one. */
export function withoutEnd({ startMs, endMs }: Period): Period {
  return { startMs, endMs: endMs - 1 };
}

/** Returns how much of the month of a period counts. Only the server knows how long it is open. */
async function fetchMonthMs(measured: Measured, { month }: ComparedPeriod, signal: AbortSignal) {
  if (month === undefined) return undefined;
  return measured.hours === null
    ? month.endMs - month.startMs
    : (await fetchReport(measured, month, signal)).total_time;
}

/** Returns what every request for a period has in common. */
export function rangeOf({ filters: { channel, edges }, hours }: Measured, { startMs, endMs }: Period) {
  const [startDate, endDate] = [startMs, endMs].map((ms) => new Date(ms).toISOString());
  return {
    startDate: startDate!,
    endDate: endDate!,
    channel: channel ?? undefined,
    edges,
    hours: hours ?? undefined,
  };
}
