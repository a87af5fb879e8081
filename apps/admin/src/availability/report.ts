import type { components } from '../api/schema';
import type { Period } from '../time/period';
import type { Share } from './availability.format';

type Schemas = components['schemas'];
export type Report = Schemas['AvailabilityResponse'] & { summary: Schemas['SummaryResponse'] };
export type Downtime = Schemas['DowntimeResponse'];
export type Bucket = Schemas['TrendBucketResponse'];
export type Channel = Schemas['BreakdownResponse']['channels'][number];

export const REPORT_PATH = '/backend/reports/{orgId}/chats/availability';

/** The server's default threshold: shorter times between messages are not gaps. */
const THRESHOLD_MS = 120_000;

/** Checks whether a report covers any messages or downtime. Without them, its 100 % means nothing. */
export function hasData({ summary, total_down_time: totalDownTime }: Report): boolean {
  return summary.first_message_at !== null || totalDownTime > 0;
}

/** Returns the observed part of a report's period, and the downtime in it; undefined if there is none. */
export function observedShare({ summary, total_down_time }: Report): Share | undefined {
  return summary.observed_time === 0 ? undefined : { total_time: summary.observed_time, total_down_time };
}

/** What tells how much of a period is observed: the metrics of a report or of a channel. */
interface Observed {
  first_message_at: string | null;
  /** Milliseconds, as is `total_time`. */
  observed_time: number;
  total_time: number;
}

/**
 * Returns the first message of a period, if observed time begins with it. Time before it counts neither as up nor as down.
 *
 * @returns ISO 8601 in UTC; undefined if the period is observed from its start, or not at all
 */
export function observedSince(observed: Observed, { startMs }: Period): string | undefined {
  const { first_message_at: firstMessageAt, observed_time: observedMs, total_time: totalMs } = observed;
  const isWhole = totalMs - observedMs <= THRESHOLD_MS;
  if (firstMessageAt === null || observedMs === 0 || isWhole) return undefined;
  return Date.parse(firstMessageAt) - startMs > THRESHOLD_MS ? firstMessageAt : undefined;
}

/** Returns the same of the period of a report. */
export function observedFrom({ summary, total_time }: Report, period: Period): string | undefined {
  return observedSince({ ...summary, total_time }, period);
}

/**
 * Returns the last message of a report's period, if observed time ends with it: where silence at the edges does not count.
 *
 * @returns ISO 8601 in UTC; undefined if the period is observed until its end, or not at all
 */
export function observedUntil({ summary }: Report, { endMs }: Period, edges: 'count' | 'ignore'): string | undefined {
  const { last_message_at: lastMessageAt } = summary;
  if (edges === 'count' || lastMessageAt === null) return undefined;
  return endMs - Date.parse(lastMessageAt) > THRESHOLD_MS ? lastMessageAt : undefined;
}

type ClosedSource = Pick<Report, 'closed_times'>;

const closedOf = new WeakMap<ClosedSource, Period[]>();

/** Returns the time of a report outside the opening hours, or excluded. Parsed once: each of many outages asks for it. */
export function closedPeriods(report: ClosedSource): Period[] {
  const closed = closedOf.get(report) ?? periodsOf(report.closed_times ?? []);
  closedOf.set(report, closed);
  return closed;
}

/** Parses times of the API. */
export function periodsOf(times: readonly { start_time: string; end_time: string }[]): Period[] {
  return times.map(({ start_time, end_time }) => ({ startMs: Date.parse(start_time), endMs: Date.parse(end_time) }));
}

/** Says at which of its ends the period cuts a downtime off. An ongoing one ends when the page asked. */
export function cutsOf({ start_time: start, end_time: end, ongoing }: Downtime, { startMs, endMs }: Period) {
  return { start: Date.parse(start) === startMs, end: !ongoing && Date.parse(end) === endMs };
}

/**
 * Returns when the last message before a downtime was sent. Milliseconds since 1970; undefined if that is not known: the start of the
 * period cuts the downtime off, or closed time lies between the two.
 */
export function lastMessageBefore(
  { start_time: start }: Downtime,
  { report, period }: { report: ClosedSource; period: Period },
): number | undefined {
  const startMs = Date.parse(start);
  const isClosed = closedPeriods(report).some((one) => one.startMs < startMs && one.endMs > startMs - THRESHOLD_MS);
  return startMs === period.startMs || isClosed ? undefined : startMs - THRESHOLD_MS;
}
