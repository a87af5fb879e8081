import type { AvailabilityReport, ReportFigures } from '../../availability/availability.report';
import type { Downtime } from '../../availability/downtime';
import { formatInstant } from '../../availability/instant';
import type { Period } from '../../availability/period';
import { summarize } from '../../availability/summary';
import {
  closedTimesOf,
  type ClosedTimeResponse,
  type ExcludedTimeResponse,
  hoursOf,
  type HoursResponse,
} from './hours.response';

/** A time during which the chat was down. */
export class DowntimeResponse {
  /** Start of the downtime: the threshold (two minutes by default) after the last message, or the start of the range. ISO 8601 in UTC. */
  start_time!: string;
  /** End of the downtime: the next message, the end of the range, or now. ISO 8601 in UTC. */
  end_time!: string;
  /** Milliseconds from start to end. */
  duration!: number;
  /** Session of the last message before the downtime. */
  session_id!: string;
  /** Present, and true, only if no message has ended the downtime yet. */
  ongoing?: true;

  static of({ start, end, durationMs, sessionId, ongoing }: Downtime): DowntimeResponse {
    return {
      start_time: formatInstant(start),
      end_time: formatInstant(end),
      duration: durationMs,
      session_id: sessionId,
      ...(ongoing && { ongoing }),
    };
  }
}

/** The figures of a report, without the list of downtimes. */
export class FiguresResponse {
  /** Percentage of the time during which the chat was not down, from 0 to 100, not rounded; null if no time counts. */
  availability_percentage!: number | null;
  /** Sum of all durations in milliseconds. */
  total_down_time!: number;
  /** Milliseconds from startDate to endDate, or as many of them as are within the opening hours. */
  total_time!: number;
}

/** The figures of a part of a report, and its observed time. */
export class ObservedFiguresResponse extends FiguresResponse {
  /** Milliseconds for which messages show whether the chat was up. */
  observed_time!: number;
  /** Percentage of the observed time during which the chat was not down, from 0 to 100, not rounded; null if there is none. */
  observed_availability_percentage!: number | null;
}

/** Reliability metrics of the range. Times in milliseconds; null without downtimes. */
export class SummaryResponse {
  /** Number of downtimes. */
  outages!: number;
  /** Longest duration of a downtime. */
  longest_down_time!: number | null;
  /** Mean duration of a downtime. */
  mean_time_to_recovery!: number | null;
  /** Mean uptime per downtime: (total_time - total_down_time) / outages. */
  mean_time_between_failures!: number | null;
  /** First message in the range: ISO 8601 in UTC; null if there is none, which distinguishes "no data" from 100 %. */
  first_message_at!: string | null;
  /** Last message in the range: ISO 8601 in UTC; null if there is none. */
  last_message_at!: string | null;
  /** Milliseconds of the range for which messages show whether the chat was up. */
  observed_time!: number;
  /** Percentage of the observed time during which the chat was not down, from 0 to 100, not rounded; null if there is none. */
  observed_availability_percentage!: number | null;
  /** The figures as if nothing were `excluded`. Only if something is. */
  before_exclusions?: ObservedFiguresResponse;
  /** Whether `down_times` leaves out any of the downtimes, because of `limit` or `min_duration`. */
  truncated!: boolean;

  static of(report: AvailabilityReport, listed: number): SummaryResponse {
    const summary = summarize(report);
    return {
      outages: summary.outages,
      longest_down_time: summary.longestDowntimeMs,
      mean_time_to_recovery: summary.meanTimeToRecoveryMs,
      mean_time_between_failures: summary.meanTimeBetweenFailuresMs,
      first_message_at: formatOptional(report.firstMessageAt),
      last_message_at: formatOptional(report.lastMessageAt),
      ...observedFiguresOf(report),
      ...(report.beforeExclusions && { before_exclusions: observedReportOf(report.beforeExclusions) }),
      truncated: listed < summary.outages,
    };
  }
}

/** Which downtimes a client wants listed. */
export interface Listing {
  /** Names with a comma between them. */
  include?: string;
  limit?: number;
  min_duration?: number;
}

/** The availability report. */
export class AvailabilityResponse extends FiguresResponse {
  /** Only with `hours`. */
  hours?: HoursResponse;
  /** Only with `hours`. In order of time. */
  excluded?: ExcludedTimeResponse[];
  /** In order of time; only some of them with `limit` or `min_duration`. */
  down_times!: DowntimeResponse[];
  /** Only with `include=summary`. */
  summary?: SummaryResponse;
  /** Only with `include=closed_times`. In order of time; empty without `hours`. */
  closed_times?: ClosedTimeResponse[];

  /** @param period the range of the report, without which there are no closed times */
  static of(
    report: AvailabilityReport,
    { include = '', limit, min_duration = 0 }: Listing = {},
    period?: Period,
  ): AvailabilityResponse {
    const isIncluded = (name: string) => include.split(',').includes(name);
    const listed = report.downtimes.filter(({ durationMs }) => durationMs >= min_duration).slice(0, limit);
    return {
      ...figuresOf(report),
      ...hoursOf(report),
      down_times: listed.map((downtime) => DowntimeResponse.of(downtime)),
      ...(isIncluded('summary') && { summary: SummaryResponse.of(report, listed.length) }),
      ...(period && isIncluded('closed_times') && { closed_times: closedTimesOf(report, period) }),
    };
  }
}

/** ISO 8601 in UTC, or null. */
export function formatOptional(instant: Date | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}

/** The observed time of a part of a report, in the names of the API. */
export function observedFiguresOf({
  observedTimeMs,
  observedAvailabilityPercentage,
}: Pick<AvailabilityReport, 'observedTimeMs' | 'observedAvailabilityPercentage'>) {
  return { observed_time: observedTimeMs, observed_availability_percentage: observedAvailabilityPercentage };
}

/** The figures of a report in the names of the API, with no percentage if nothing was observed. */
export function observedReportOf(report: ReportFigures): ObservedFiguresResponse {
  const figures = figuresOf(report);
  if (report.observed === undefined) figures.availability_percentage = null;
  return { ...figures, ...observedFiguresOf(report) };
}

/** The figures of a report in the names of the API. */
function figuresOf(report: ReportFigures): FiguresResponse {
  return {
    availability_percentage: report.availabilityPercentage,
    total_down_time: report.totalDowntimeMs,
    total_time: report.totalTimeMs,
  };
}
