import type { Availability, Downtime } from './downtime';
import { formatInstant } from './instant';

/** A time in which the chat was down. */
export class DowntimeResponse {
  /** When it began, two minutes after the last message: ISO 8601 in UTC. */
  start_time!: string;
  /** When the next message ended it: ISO 8601 in UTC. */
  end_time!: string;
  /** Milliseconds from start to end. */
  duration!: number;
  /** Session of the last message before the silence. */
  session_id!: string;

  static of(downtime: Downtime): DowntimeResponse {
    return {
      start_time: formatInstant(downtime.start),
      end_time: formatInstant(downtime.end),
      duration: downtime.durationMs,
      session_id: downtime.sessionId,
    };
  }
}

/** The availability report as it is answered. */
export class AvailabilityResponse {
  /** Share of the time in which the chat was not down, from 0 to 100, not rounded. */
  availability_percentage!: number;
  /** In order of time. */
  down_times!: DowntimeResponse[];
  /** Sum of all durations in milliseconds. */
  total_down_time!: number;
  /** Milliseconds from startDate to endDate. */
  total_time!: number;

  static of(availability: Availability): AvailabilityResponse {
    return {
      availability_percentage: availability.availabilityPercentage,
      down_times: availability.downtimes.map((downtime) => DowntimeResponse.of(downtime)),
      total_down_time: availability.totalDowntimeMs,
      total_time: availability.totalTimeMs,
    };
  }
}
