import { applyDecorators } from '@nestjs/common';
import { IsIn, IsOptional, IsString, NotContains } from 'class-validator';
import type { AvailabilityRequest, Edges } from './availability.service';
import { type Interval, INTERVALS } from './calendar';
import { parseBoundary } from './period';
import { IsPeriodEnd, IsPeriodStart, IsTimeZoneName } from './period.validator';

const EDGES = ['ignore', 'count'] as const;
const FORMATS = ['json', 'csv'] as const;

function IsOneOf(name: string, values: readonly string[]): PropertyDecorator {
  return IsIn(values, { message: `${name} must be given once, as ${values.join(' or ')}` });
}

function IsChannel(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    IsString({ message: 'channel must be given once' }),
    NotContains('\0', { message: 'channel must not contain a NUL character' }),
  );
}

/** What all reports on a range are asked with. */
export class RangeQuery {
  /** First instant looked at: an ISO 8601 time (UTC without an offset), or a date for the beginning of that day. */
  @IsPeriodStart()
  startDate!: string;

  /** Last instant looked at: an ISO 8601 time (UTC without an offset), or a date for the end of that day. */
  @IsPeriodEnd('startDate')
  endDate!: string;

  /** `count`: silence across the edges of the range counts, until now. `ignore` (default): only between its messages. */
  @IsOptional()
  @IsOneOf('edges', EDGES)
  edges?: Edges;

  /** `csv` answers a file for spreadsheets, as `Accept: text/csv` does. */
  @IsOptional()
  @IsOneOf('format', FORMATS)
  format?: (typeof FORMATS)[number];

  /** What a validated query asks of an organization. */
  toRequest(organizationId: string): AvailabilityRequest {
    return {
      organizationId,
      start: parseBoundary('start', this.startDate)!,
      end: parseBoundary('end', this.endDate)!,
      edges: this.edges,
    };
  }
}

/** Query parameters of the breakdown. */
export class BreakdownQuery extends RangeQuery {}

/** The same for one of the channels. */
export class ChannelRangeQuery extends RangeQuery {
  /** Exact name of a channel; without it, all channels together. */
  @IsChannel()
  channel?: string;

  override toRequest(organizationId: string): AvailabilityRequest {
    return { ...super.toRequest(organizationId), channel: this.channel };
  }
}

/** Query parameters of the report. */
export class AvailabilityQuery extends ChannelRangeQuery {
  /** `summary` adds the figures of reliability. */
  @IsOptional()
  @IsOneOf('include', ['summary'])
  include?: 'summary';
}

/** Query parameters of the trend. */
export class TrendQuery extends ChannelRangeQuery {
  /** Length of a bucket: `hour`, `day`, `week` (ISO 8601, from Monday) or `month` of the time zone's calendar. */
  @IsOneOf('interval', INTERVALS)
  interval!: Interval;

  /** Name in the IANA time zone database; default `UTC`. */
  @IsOptional()
  @IsTimeZoneName()
  timezone?: string;
}

/** Query parameters of the current state. */
export class CurrentQuery {
  /** Exact name of a channel; without it, all channels together. */
  @IsChannel()
  channel?: string;
}
