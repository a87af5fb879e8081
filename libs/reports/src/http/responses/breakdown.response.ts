import type { AvailabilityBreakdown } from '../../availability/availability.report';
import { formatOptional, ObservedFiguresResponse, observedReportOf } from './availability.response';
import { type ExcludedTimeResponse, hoursOf, type HoursResponse } from './hours.response';

/** The figures of one channel. */
export class ChannelResponse extends ObservedFiguresResponse {
  channel!: string;
  /** Only with `hours=scheduled`, for a channel with hours of its own. */
  hours?: HoursResponse;
  /** Only together with `hours`. In order of time. */
  excluded?: ExcludedTimeResponse[];
  /** Number of downtimes. */
  outages!: number;
  /** Longest duration of a downtime in milliseconds; 0 without downtimes. */
  longest_down_time!: number;
  /** First message in the range: ISO 8601 in UTC; null if there is none. */
  first_message_at!: string | null;
  /** Last message in the range: ISO 8601 in UTC; null if there is none, which distinguishes "no data" from 100 %. */
  last_message_at!: string | null;
}

/** The report on a range for the organization and for each of its channels. */
export class BreakdownResponse extends ObservedFiguresResponse {
  /** Only with `hours`. */
  hours?: HoursResponse;
  /** Only with `hours`. In order of time. */
  excluded?: ExcludedTimeResponse[];
  /** Number of downtimes in the combined messages of all channels. */
  outages!: number;
  /** By observed availability, worst first; channels without observed time last. */
  channels!: ChannelResponse[];

  static of({ whole, channels }: AvailabilityBreakdown): BreakdownResponse {
    return {
      ...observedReportOf(whole),
      ...hoursOf(whole),
      outages: whole.outages,
      channels: channels.map(({ channel, report }) => ({
        channel,
        ...observedReportOf(report),
        ...(report.hours !== whole.hours && hoursOf(report)),
        outages: report.outages,
        longest_down_time: report.longestDowntimeMs,
        first_message_at: formatOptional(report.firstMessageAt),
        last_message_at: formatOptional(report.lastMessageAt),
      })),
    };
  }
}
