import type { Activity, ActivitySum, Extent } from '../messages/activity';
import { excludedTime } from '../opening-hours/excluded-time';
import { OpenClock } from '../opening-hours/open-clock';
import { exceptionsIn, openIntervals, type OpeningHours } from '../opening-hours/opening-hours';
import type { AvailabilityReport, AvailabilityTrend, CountingReport } from './availability.report';
import { type Clock, elapsed, WALL_CLOCK } from './clock';
import { type Downtime, measureAvailability, percentageOf } from './downtime';
import { earlier, later, type Period } from './period';
import { allocateToBuckets } from './trend';

/** The terms of a report: what to measure, and by which rules. */
export interface Terms {
  period: Period;
  /** Longest time between two messages without downtime, in milliseconds. */
  thresholdMs: number;
  /** The instant that counts as now; undefined where gaps at the edges do not count. */
  asOf: Date | undefined;
  /** Undefined if all time counts. */
  hours: OpeningHours | undefined;
}

/** A report, and the clock by which it was measured. */
export interface MeasuredReport {
  report: AvailabilityReport;
  clock: Clock;
}

/** Makes a report from the activity of a scope. */
export function measureReport({ period, thresholdMs, asOf, hours }: Terms, activity: Activity): MeasuredReport {
  const { lastBefore, gaps } = activity;
  const clock = clockFor(hours, { start: earlier(lastBefore ?? period.start, period.start), end: period.end });
  const measured = measureAvailability(period, gaps, thresholdMs, asOf, clock);
  const observation = observe(period, asOf, activity, measured.totalDowntimeMs, clock);
  const report = {
    ...measured,
    ...observation,
    ...(hours && { hours, exceptions: exceptionsIn(hours, period), excluded: excludedTime(hours, period) }),
  };
  return { report, clock };
}

/** Makes a report and a trend from the same activity. */
export function reportAndTrend(
  terms: Terms,
  activity: Activity,
  buckets: Period[],
): { report: AvailabilityReport; trend: AvailabilityTrend } {
  const { report: whole, clock } = measureReport(terms, activity);
  return {
    report: withoutExclusionsBeside(whole, terms, activity),
    trend: { whole, buckets: allocateToBuckets(buckets, whole.downtimes, whole.observed, clock) },
  };
}

/** Makes a report and, if anything is excluded, a second one as if nothing were. */
export function measureWithAndWithoutExclusions(terms: Terms, activity: Activity): AvailabilityReport {
  return withoutExclusionsBeside(measureReport(terms, activity).report, terms, activity);
}

/** Adds the same report as if nothing were excluded, if anything is. */
function withoutExclusionsBeside(report: AvailabilityReport, terms: Terms, activity: Activity): AvailabilityReport {
  if (!terms.hours || !report.excluded?.length) return report;
  const hours = { ...terms.hours, exclusions: [] };
  return { ...report, beforeExclusions: measureReport({ ...terms, hours }, activity).report };
}

/** Makes the same report with its downtimes counted instead of listed. */
export function countDowntimes({ downtimes, ...report }: AvailabilityReport): CountingReport {
  return { ...report, outages: downtimes.length, longestDowntimeMs: longestOf(downtimes) };
}

/** Makes the same report from gaps that have been added up, which is possible only if all time counts. */
export function reportOfSum({ period, thresholdMs, asOf }: Omit<Terms, 'hours'>, sum: ActivitySum): CountingReport {
  const { downtimes, ...outer } = measureAvailability(period, sum.gaps, thresholdMs, asOf);
  const totalDowntimeMs = outer.totalDowntimeMs + sum.innerExcessMs;
  return {
    ...outer,
    totalDowntimeMs,
    availabilityPercentage: percentageOf(outer.totalTimeMs, totalDowntimeMs),
    outages: downtimes.length + sum.innerGaps,
    longestDowntimeMs: Math.max(sum.innerLongestExcessMs, longestOf(downtimes)),
    ...observe(period, asOf, sum, totalDowntimeMs, WALL_CLOCK),
  };
}

/** Does not call `Math.max` on all of them: that many arguments may be too many. */
function longestOf(downtimes: Downtime[]): number {
  return downtimes.reduce((longestMs, { durationMs }) => Math.max(longestMs, durationMs), 0);
}

/** What the messages show about a period. */
function observe(period: Period, asOf: Date | undefined, extent: Extent, totalDowntimeMs: number, clock: Clock) {
  const { firstMessageAt, lastMessageAt } = extent;
  const observed = observedPart(period, asOf, extent);
  const observedTimeMs = observed === undefined ? 0 : elapsed(clock, observed.start, observed.end);
  const observedAvailabilityPercentage = observedTimeMs === 0 ? null : percentageOf(observedTimeMs, totalDowntimeMs);
  return { firstMessageAt, lastMessageAt, observed, observedTimeMs, observedAvailabilityPercentage };
}

/** The clock of a period. */
export function clockFor(hours: OpeningHours | undefined, period: Period): Clock {
  return hours === undefined ? WALL_CLOCK : new OpenClock(openIntervals(hours, period), period);
}

/** The part from the very first message until the last one of the period, or until now if gaps at the edges count. */
function observedPart(
  period: Period,
  asOf: Date | undefined,
  { lastBefore, firstMessageAt, lastMessageAt }: Extent,
): Period | undefined {
  const start = lastBefore === undefined ? firstMessageAt : period.start;
  const end = asOf === undefined ? lastMessageAt : earlier(period.end, asOf);
  if (start === undefined || end === undefined || start > end) return undefined;
  return { start: later(start, period.start), end };
}
