import type { ExcludedTime } from '../opening-hours/excluded-time';
import type { OpeningHours, OpeningHoursException } from '../opening-hours/opening-hours';
import type { Availability } from './downtime';
import type { Period } from './period';
import type { TrendBucket } from './trend';

/** The availability of a chat in a period, and its observed time. */
export interface AvailabilityReport extends Availability {
  /** First and last message in the period; undefined if there are none. */
  firstMessageAt?: Date;
  lastMessageAt?: Date;
  /** The part of the period for which messages show whether chat was up; undefined if there is none. */
  observed?: Period;
  /** The observed time in milliseconds: the time of that part that counts. */
  observedTimeMs: number;
  /** Share of the observed time during which chat was not down: from 0 to 100, not rounded; null if there is none. */
  observedAvailabilityPercentage: number | null;
  /** The opening hours that were requested for the report. */
  hours?: OpeningHours;
  /** Their exceptions on dates of the period, in order of date. */
  exceptions?: OpeningHoursException[];
  /** Their exclusions in the period, in order of time. */
  excluded?: ExcludedTime[];
  /** The same report as if nothing were excluded; undefined if nothing is, and in a trend or a breakdown. */
  beforeExclusions?: AvailabilityReport;
}

/** A report, and its division into buckets. */
export interface AvailabilityTrend {
  whole: AvailabilityReport;
  /** In order of time, contiguous; their totals add up to those of the whole. */
  buckets: TrendBucket[];
}

/** A report without its downtimes. */
export type ReportFigures = Omit<AvailabilityReport, 'downtimes'>;

/** A report that counts its downtimes instead of listing them. */
export interface CountingReport extends ReportFigures {
  /** Number of downtimes. */
  outages: number;
  /** The duration of the longest downtime in milliseconds; 0 if there are none. */
  longestDowntimeMs: number;
}

/** A report on an organization and one on each of its channels. */
export interface AvailabilityBreakdown {
  whole: CountingReport;
  /** By observed availability, worst first; channels without observed time last. */
  channels: { channel: string; report: CountingReport }[];
}

/** A report, its trend and a breakdown, as of one state of the messages. */
export interface AvailabilityOverview {
  report: AvailabilityReport;
  trend: AvailabilityTrend;
  breakdown: AvailabilityBreakdown;
}

/** Whether chat is up now; `no_data` if there has never been a message. */
export type CurrentAvailability = CurrentState & {
  /** The opening hours that were requested for the state. */
  hours?: OpeningHours;
};

/** The state without the hours. */
export type CurrentState = StateOf<LastMessageSeen>;

/** Whether chat is up now on each channel, sorted by name. */
export interface CurrentByChannel {
  /** The opening hours of the organization that were requested for the states. */
  hours?: OpeningHours;
  channels: ChannelState[];
}

/** Whether chat is up now on a channel; `no_data` if none of its messages counts yet. */
export type ChannelState = StateOf<{ lastMessageAt: Date }> & {
  channel: string;
  /** The channel's own hours, if the requested ones were `scheduled` and it has any. */
  hours?: OpeningHours;
};

/** A state, with what is known about the last message unless there has never been one. */
export type StateOf<Seen> = { state: 'no_data' } | (Seen & StateSince);

/** The state of a scope with messages, and since when. */
export type StateSince =
  | {
      /** Down if the last message is older than the threshold, in time that counts. */
      state: 'up' | 'down';
      /** If up, the last message; if down, the start of the downtime. */
      since: Date;
    }
  | {
      state: 'closed';
      /** When the opening hours ended; undefined if there were none in the year before. */
      since?: Date;
      /** When they begin again; undefined if there are none in the year to come. */
      opensAt?: Date;
    };

/** The last message of a scope. */
interface LastMessageSeen {
  lastMessageAt: Date;
  /** Session of the last message. */
  sessionId: string;
}
