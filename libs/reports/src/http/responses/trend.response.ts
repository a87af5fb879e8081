import type { AvailabilityTrend } from '../../availability/availability.report';
import { formatInstant } from '../../availability/instant';
import type { TrendBucket } from '../../availability/trend';
import { ObservedFiguresResponse, observedFiguresOf, observedReportOf } from './availability.response';
import { type ExcludedTimeResponse, hoursOf, type HoursResponse } from './hours.response';

/** One bucket of a trend. */
export class TrendBucketResponse {
  /** Start of the bucket, on the calendar of the time zone or at the start of the range: ISO 8601 in UTC. */
  start_time!: string;
  /** Start of the next bucket, or end of the range: ISO 8601 in UTC. */
  end_time!: string;
  /** From 0 to 100, not rounded; null if nothing in the bucket was observed. */
  availability_percentage!: number | null;
  /** Downtime in the bucket, in milliseconds. */
  total_down_time!: number;
  /** Length of the bucket in milliseconds, or as much of it as has opening hours. */
  total_time!: number;
  /** Milliseconds of the bucket for which messages show whether the chat was up. */
  observed_time!: number;
  /** Percentage of the observed time during which the chat was not down, from 0 to 100, not rounded; null if there is none. */
  observed_availability_percentage!: number | null;
  /** Number of downtimes that overlap the bucket. */
  outages!: number;

  /**
   * @param previous the bucket before, whose end is reused as the start of this one, because formatting takes most of
   * the time
   */
  static of(bucket: TrendBucket, previous?: TrendBucketResponse): TrendBucketResponse {
    return {
      start_time: previous?.end_time ?? formatInstant(bucket.start),
      end_time: formatInstant(bucket.end),
      availability_percentage: bucket.availabilityPercentage,
      total_down_time: bucket.totalDowntimeMs,
      total_time: bucket.totalTimeMs,
      ...observedFiguresOf(bucket),
      outages: bucket.outages,
    };
  }
}

/** The report on a range, divided along a calendar. */
export class TrendResponse extends ObservedFiguresResponse {
  /** Only with `hours`. */
  hours?: HoursResponse;
  /** Only with `hours`. In order of time. */
  excluded?: ExcludedTimeResponse[];
  /** Number of downtimes in the range; one that overlaps two buckets counts once. */
  outages!: number;
  /** In order of time, contiguous. */
  buckets!: TrendBucketResponse[];

  static of({ whole, buckets }: AvailabilityTrend): TrendResponse {
    let previous: TrendBucketResponse | undefined;
    return {
      ...observedReportOf(whole),
      ...hoursOf(whole),
      outages: whole.downtimes.length,
      buckets: buckets.map((bucket) => (previous = TrendBucketResponse.of(bucket, previous))),
    };
  }
}
