import type { ReportFigures } from '../../availability/availability.report';
import { formatInstant } from '../../availability/instant';
import type { Period } from '../../availability/period';
import { type ClosedTime, closedTimes } from '../../opening-hours/closed-times';
import type { ExcludedTime } from '../../opening-hours/excluded-time';
import type { OpeningHours, OpeningHoursException } from '../../opening-hours/opening-hours';
import { formatDailyHours, formatWeeklyHours } from '../../opening-hours/weekly-hours';

/** The opening hours of a week, from a date on. */
export class HoursVersionResponse {
  /** First date, such as `2026-01-01`; null if they apply from the beginning. */
  valid_from!: string | null;
  /** The hours as they were read, such as `Mo-Fr 09:00-18:00; Sa 10:00-14:00`. */
  hours!: string;
}

/** The hours of a date, instead of those of the week. */
export class HoursExceptionResponse {
  /** Such as `2026-12-25`. */
  date!: string;
  /** Such as `10:00-14:00`, or `off`. */
  hours!: string;
  /** Such as the name of a holiday. */
  name?: string;

  static of({ date, hours, name }: OpeningHoursException): HoursExceptionResponse {
    return { date, hours: formatDailyHours(hours), ...(name !== undefined && { name }) };
  }
}

/** The opening hours of a response. Only time within them counts. */
export class HoursResponse {
  /** The time zone in which they are local times: a name in the IANA database. */
  timezone!: string;
  /** In order of their dates. */
  versions!: HoursVersionResponse[];
  /** Only if there are any in the range. In order of their dates. */
  exceptions?: HoursExceptionResponse[];

  static of({ timeZone, versions }: OpeningHours, exceptions: OpeningHoursException[] = []): HoursResponse {
    return {
      timezone: timeZone,
      versions: versions.map(({ validFrom = null, hours }) => ({
        valid_from: validFrom,
        hours: formatWeeklyHours(hours),
      })),
      ...(exceptions.length > 0 && { exceptions: exceptions.map((one) => HoursExceptionResponse.of(one)) }),
    };
  }
}

/** Time that does not count, although it lies within the opening hours. */
export class ExcludedTimeResponse {
  /** ISO 8601 in UTC. */
  start_time!: string;
  /** ISO 8601 in UTC. */
  end_time!: string;
  /** Milliseconds of open time that do not count because of it. */
  duration!: number;
  reason!: string;

  static of({ start, end, durationMs, reason }: ExcludedTime): ExcludedTimeResponse {
    return { start_time: formatInstant(start), end_time: formatInstant(end), duration: durationMs, reason };
  }
}

/** Time of the range that does not count. */
export class ClosedTimeResponse {
  /** ISO 8601 in UTC. */
  start_time!: string;
  /** ISO 8601 in UTC. */
  end_time!: string;
  /** Why it was excluded. Absent outside the opening hours. */
  reason?: string;

  static of({ start, end, reason }: ClosedTime): ClosedTimeResponse {
    return { start_time: formatInstant(start), end_time: formatInstant(end), ...(reason !== undefined && { reason }) };
  }
}

/** The fields about opening hours in a response; empty if it has none. */
export function hoursOf({ hours, exceptions, excluded = [] }: ReportFigures): {
  hours?: HoursResponse;
  excluded?: ExcludedTimeResponse[];
} {
  if (hours === undefined) return {};
  return { hours: HoursResponse.of(hours, exceptions), excluded: excluded.map((one) => ExcludedTimeResponse.of(one)) };
}

/** The time of a period that does not count; none without opening hours. */
export function closedTimesOf({ hours }: ReportFigures, period: Period): ClosedTimeResponse[] {
  return hours === undefined ? [] : closedTimes(hours, period).map((one) => ClosedTimeResponse.of(one));
}
