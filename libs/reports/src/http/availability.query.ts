import { applyDecorators } from '@nestjs/common';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Min, NotContains } from 'class-validator';
import type { AvailabilityRequest, Edges } from '../availability/availability.service';
import { type Interval, INTERVALS } from '../availability/calendar';
import { parseBoundary } from '../availability/boundary';
import { SCHEDULED } from '../opening-hours/scheduled-hours';
import { parseWeeklyHours } from '../opening-hours/weekly-hours';
import { IsPeriodEnd, IsPeriodStart, IsTimeZoneName, IsWeeklyHours } from './period.validator';

const EDGES = ['ignore', 'count'] as const;
const FORMATS = ['json', 'csv'] as const;
const BOOLEANS = ['true', 'false'] as const;
const INCLUDES = ['summary', 'closed_times', 'summary,closed_times', 'closed_times,summary'] as const;

const IsInclude = () =>
  IsIn(INCLUDES, { message: 'include must be summary or closed_times, or both with a comma between them, given once' });

function IsOneOf(name: string, values: readonly string[]): PropertyDecorator {
  return IsIn(values, { message: `${name} must be ${values.join(' or ')}, given once` });
}

/** Accepts a parameter that is missing or empty; an empty one counts as not given. */
function IsOptionalParameter(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: TransformFnParams): unknown => (value === '' ? undefined : value)),
  );
}

/** Accepts a whole number in decimal digits; `Number` alone would also accept `1e3`, `0x10` and blanks. */
function IsCount(name: string, minimum: number): PropertyDecorator {
  const message = `${name} must be a whole number of at least ${minimum}, given once`;
  return applyDecorators(
    IsOptionalParameter(),
    Transform(({ value }: TransformFnParams): unknown => (/^\d{1,15}$/.test(String(value)) ? Number(value) : value)),
    IsInt({ message }),
    Min(minimum, { message }),
  );
}

function IsChannel(): PropertyDecorator {
  return applyDecorators(
    IsOptionalParameter(),
    IsString({ message: 'channel must be given once' }),
    NotContains('\0', { message: 'channel must not contain a NUL character' }),
  );
}

/** Query parameters of local time. */
export class LocalTimeQuery {
  /**
   * Name of a time zone in the IANA database, such as `Europe/Berlin`; default `UTC`. Dates without a time are days in
   * this zone, and CSV has its local times.
   */
  @IsOptionalParameter()
  @IsTimeZoneName()
  timezone?: string;

  /**
   * Opening hours in the local time of `timezone`: only time within them counts. Examples:
   * `Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00`, `22:00-06:00` (every day) or `24/7`. `scheduled`: the hours stored
   * for the channel or the organization.
   */
  @IsOptionalParameter()
  @IsWeeklyHours()
  hours?: string;

  /** The opening hours, given or scheduled; undefined if all time counts. */
  toOpeningHours(): AvailabilityRequest['hours'] {
    if (this.hours === undefined || this.hours === SCHEDULED) return this.hours;
    return { timeZone: this.timezone!, versions: [{ hours: parseWeeklyHours(this.hours) }] };
  }
}

/** Query parameters of a range. */
export class PeriodQuery extends LocalTimeQuery {
  /** First instant of the range: an ISO 8601 time (UTC if there is no offset), or a date for the start of that day. */
  @IsPeriodStart()
  startDate!: string;

  /** Last instant of the range: an ISO 8601 time (UTC if there is no offset), or a date for the end of that day. */
  @IsPeriodEnd('startDate')
  endDate!: string;

  /** `ignore` (default): only gaps between messages of the range count. `count`: gaps across its edges count too, up to now. */
  @IsOptionalParameter()
  @IsOneOf('edges', EDGES)
  edges?: Edges;

  /** Converts a validated query to a request for a report on an organization. */
  toRequest(organizationId: string, signal: AbortSignal): AvailabilityRequest {
    return {
      organizationId,
      signal,
      start: parseBoundary('start', this.startDate, this.timezone)!,
      end: parseBoundary('end', this.endDate, this.timezone)!,
      edges: this.edges,
      hours: this.toOpeningHours(),
    };
  }
}

/** Query parameters that all reports on a range that are available as CSV accept. */
export class RangeQuery extends PeriodQuery {
  /** `json` (default) or `csv`, which `Accept: text/csv` also selects. */
  @IsOptionalParameter()
  @IsOneOf('format', FORMATS)
  format?: (typeof FORMATS)[number];

  /** `true`: CSV begins with a byte order mark, without which Excel does not read it as UTF-8. Default `false`; JSON has none. */
  @IsOptionalParameter()
  @IsOneOf('bom', BOOLEANS)
  bom?: (typeof BOOLEANS)[number];
}

/** Query parameters of the breakdown. */
export class BreakdownQuery extends RangeQuery {}

/** Query parameters of reports that can be limited to a channel. */
export class ChannelRangeQuery extends RangeQuery {
  /** Exact name of a channel; without it, all channels are reported together. */
  @IsChannel()
  channel?: string;

  override toRequest(organizationId: string, signal: AbortSignal): AvailabilityRequest {
    return { ...super.toRequest(organizationId, signal), channel: this.channel };
  }
}

/** Query parameters of the report. */
export class AvailabilityQuery extends ChannelRangeQuery {
  /** `summary` adds reliability metrics, `closed_times` the time of the range that `hours` leave out. Both: `summary,closed_times`. */
  @IsOptionalParameter()
  @IsInclude()
  include?: (typeof INCLUDES)[number];

  /** Lists only the first downtimes of this number. Totals and the summary always count all. */
  @IsCount('limit', 1)
  limit?: number;

  /** Lists only downtimes of at least this many milliseconds. Totals and the summary always count all. */
  @IsCount('min_duration', 0)
  min_duration?: number;
}

/** Query parameters of the trend. */
export class TrendQuery extends ChannelRangeQuery {
  /** Length of a bucket on the calendar of the time zone: `hour`, `day`, `week` (ISO 8601, from Monday), `month`, `quarter` or `year`. */
  @IsOneOf('interval', INTERVALS)
  interval!: Interval;
}

/** Query parameters of the overview: those of the trend and the report. */
export class OverviewQuery extends PeriodQuery {
  /** Exact name of a channel for the report and the trend; without it, all channels are reported together. The breakdown has all channels. */
  @IsChannel()
  channel?: string;

  /** Length of a bucket of the trend: `hour`, `day`, `week` (ISO 8601, from Monday), `month`, `quarter` or `year`. */
  @IsOneOf('interval', INTERVALS)
  interval!: Interval;

  /** `summary` adds reliability metrics to the report, `closed_times` the time of the range that `hours` leave out. Both: `summary,closed_times`. */
  @IsOptionalParameter()
  @IsInclude()
  include?: (typeof INCLUDES)[number];

  /** Lists only the first downtimes of this number. Totals and the summary always count all. */
  @IsCount('limit', 1)
  limit?: number;

  /** Lists only downtimes of at least this many milliseconds. Totals and the summary always count all. */
  @IsCount('min_duration', 0)
  min_duration?: number;

  override toRequest(organizationId: string, signal: AbortSignal): AvailabilityRequest {
    return { ...super.toRequest(organizationId, signal), channel: this.channel };
  }
}

/** Query parameters of the list of channels. */
export class ChannelsQuery {
  /**
   * Name of a time zone in the IANA database, such as `Europe/Berlin`, for the local times in CSV; default: times are
   * in UTC.
   */
  @IsOptionalParameter()
  @IsTimeZoneName()
  timezone?: string;

  /** `json` (default) or `csv`, which `Accept: text/csv` also selects. */
  @IsOptionalParameter()
  @IsOneOf('format', FORMATS)
  format?: (typeof FORMATS)[number];

  /** `true`: CSV begins with a byte order mark, without which Excel does not read it as UTF-8. Default `false`; JSON has none. */
  @IsOptionalParameter()
  @IsOneOf('bom', BOOLEANS)
  bom?: (typeof BOOLEANS)[number];
}

/** Query parameters of the current state. */
export class CurrentQuery extends LocalTimeQuery {
  /** Exact name of a channel; without it, all channels are reported together. */
  @IsChannel()
  channel?: string;
}

/** Query parameters of the current state of each channel. */
export class CurrentChannelsQuery extends LocalTimeQuery {}
