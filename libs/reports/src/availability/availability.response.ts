import type {
  AvailabilityBreakdown,
  AvailabilityReport,
  AvailabilityTrend,
  CurrentAvailability,
  Edges,
} from './availability.service';
import type { Downtime } from './downtime';
import { formatInstant } from './instant';
import { summarize } from './summary';
import type { TrendBucket } from './trend';

/** A time in which the chat was down. */
export class DowntimeResponse {
  /** When it began, the threshold (two minutes by default) after the last message: ISO 8601 in UTC. */
  start_time!: string;
  /** When the next message, the end of the range or now ended it: ISO 8601 in UTC. */
  end_time!: string;
  /** Milliseconds from start to end. */
  duration!: number;
  /** Session of the last message before the silence. */
  session_id!: string;
  /** True, and there, only if no message has ended it until now. */
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

/** The figures of reliability engineering about the range. Milliseconds; null where undefined. */
export class SummaryResponse {
  /** Number of downtimes. */
  outages!: number;
  longest_down_time!: number | null;
  /** Mean duration of a downtime. */
  mean_time_to_recovery!: number | null;
  /** Mean time in which the chat was up, per downtime. */
  mean_time_between_failures!: number | null;
  /** ISO 8601 in UTC; null if the range has no message, which tells "no data" from 100 %. */
  first_message_at!: string | null;
  last_message_at!: string | null;

  static of(report: AvailabilityReport): SummaryResponse {
    const summary = summarize(report);
    return {
      outages: summary.outages,
      longest_down_time: summary.longestDowntimeMs,
      mean_time_to_recovery: summary.meanTimeToRecoveryMs,
      mean_time_between_failures: summary.meanTimeBetweenFailuresMs,
      first_message_at: formatOptional(report.firstMessageAt),
      last_message_at: formatOptional(report.lastMessageAt),
    };
  }
}

/** The numbers of a report, without the list of downtimes. */
export class FiguresResponse {
  /** Share of the time in which the chat was not down, from 0 to 100, not rounded. */
  availability_percentage!: number;
  /** Sum of all durations in milliseconds. */
  total_down_time!: number;
  /** Milliseconds from startDate to endDate. */
  total_time!: number;
}

/** The availability report as it is answered. */
export class AvailabilityResponse extends FiguresResponse {
  /** In order of time. */
  down_times!: DowntimeResponse[];
  /** Only with `include=summary`. */
  summary?: SummaryResponse;

  static of(report: AvailabilityReport, include?: 'summary'): AvailabilityResponse {
    return {
      ...figuresOf(report),
      down_times: report.downtimes.map((downtime) => DowntimeResponse.of(downtime)),
      ...(include === 'summary' && { summary: SummaryResponse.of(report) }),
    };
  }
}

/** One part of a trend. */
export class TrendBucketResponse {
  /** Beginning, on the calendar of the time zone or with the range: ISO 8601 in UTC. */
  start_time!: string;
  /** Beginning of the next part, or end of the range: ISO 8601 in UTC. */
  end_time!: string;
  /** From 0 to 100, not rounded; null if messages tell nothing about this part. */
  availability_percentage!: number | null;
  /** Milliseconds. */
  total_down_time!: number;
  /** Milliseconds from start to end. */
  total_time!: number;
  /** Downtimes that touch this part. */
  outages!: number;

  static of(bucket: TrendBucket): TrendBucketResponse {
    return {
      start_time: formatInstant(bucket.start),
      end_time: formatInstant(bucket.end),
      availability_percentage: bucket.availabilityPercentage,
      total_down_time: bucket.totalDowntimeMs,
      total_time: bucket.totalTimeMs,
      outages: bucket.outages,
    };
  }
}

/** The report of a range, cut along a calendar. */
export class TrendResponse extends FiguresResponse {
  /** Number of downtimes in the range; one in two buckets counts once. */
  outages!: number;
  /** In order of time, without gaps. */
  buckets!: TrendBucketResponse[];

  static of({ whole, buckets }: AvailabilityTrend): TrendResponse {
    return {
      ...figuresOf(whole),
      outages: whole.downtimes.length,
      buckets: buckets.map((bucket) => TrendBucketResponse.of(bucket)),
    };
  }
}

/** The numbers of one channel. */
export class ChannelResponse extends FiguresResponse {
  channel!: string;
  /** Number of downtimes. */
  outages!: number;
  /** Last message in the range: ISO 8601 in UTC; null if there is none, which tells "no data" from 100 %. */
  last_message_at!: string | null;
}

/** The report of a range for the organization and each of its channels. */
export class BreakdownResponse extends FiguresResponse {
  /** Number of downtimes of all channels as one stream. */
  outages!: number;
  /** The worst first. */
  channels!: ChannelResponse[];

  static of({ whole, channels }: AvailabilityBreakdown): BreakdownResponse {
    return {
      ...figuresOf(whole),
      outages: whole.downtimes.length,
      channels: channels.map(({ channel, report }) => ({
        channel,
        ...figuresOf(report),
        outages: report.downtimes.length,
        last_message_at: formatOptional(report.lastMessageAt),
      })),
    };
  }
}

/** Whether the chat is alive now. */
export class CurrentResponse {
  /** `down` when the last message is longer ago than the threshold, `no_data` when there never was one. */
  state!: 'up' | 'down' | 'no_data';
  /** Up: the last message. Down: when the downtime began. ISO 8601 in UTC; null without data. */
  since!: string | null;
  /** ISO 8601 in UTC; null without data. */
  last_message_at!: string | null;
  /** Session of the last message; null without data. */
  session_id!: string | null;

  static of(current: CurrentAvailability): CurrentResponse {
    if (current.state === 'no_data') return { state: 'no_data', since: null, last_message_at: null, session_id: null };
    return {
      state: current.state,
      since: formatInstant(current.since),
      last_message_at: formatInstant(current.lastMessageAt),
      session_id: current.sessionId,
    };
  }
}

const NUMBERS = ['availability_percentage', 'total_down_time', 'total_time', 'outages'];

/** The rows of an answer as a table: the names of its columns. */
export const CSV_COLUMNS = {
  downTimes: (edges: Edges = 'ignore') => [
    ...['start_time', 'end_time', 'duration', 'session_id'],
    ...(edges === 'count' ? ['ongoing'] : []),
  ],
  buckets: () => ['start_time', 'end_time', ...NUMBERS],
  channels: () => ['channel', ...NUMBERS, 'last_message_at'],
};

function formatOptional(instant: Date | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}

function figuresOf({ availabilityPercentage, totalDowntimeMs, totalTimeMs }: AvailabilityReport): FiguresResponse {
  return {
    availability_percentage: availabilityPercentage,
    total_down_time: totalDowntimeMs,
    total_time: totalTimeMs,
  };
}
