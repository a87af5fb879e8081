import { type OpeningHours, parseDailyHours, parseWeeklyHours } from '@chat-reports/nestjs';
import { parseInstant } from '@chat-reports/nestjs/internal';

/** The opening hours of an organization, and of those of its channels that have their own, as they are stored and sent. */
export interface Schedule extends Timetable {
  channels: Record<string, Timetable>;
}

/** Opening hours: local times in a time zone. */
export interface Timetable {
  /** A name in the IANA database. */
  timezone: string;
  /** In order of their dates. */
  versions: ScheduleVersion[];
  exceptions: ScheduleException[];
  exclusions: ScheduleExclusion[];
}

/** The hours of a week, from a date on; null: from the beginning. */
export interface ScheduleVersion {
  valid_from: string | null;
  hours: string;
}

/** What replaces the hours of a date. */
export interface ScheduleException {
  date: string;
  hours: string;
  name?: string;
}

/** Time that does not count, from one instant to another. */
export interface ScheduleExclusion {
  start: string;
  end: string;
  reason: string;
}

/** Finds the hours of a schedule: the organization's, or a channel's own; undefined if it has none. */
export function openingHoursOf(schedule: Schedule, channel?: string): OpeningHours | undefined {
  if (channel === undefined) return toOpeningHours(schedule);
  return Object.hasOwn(schedule.channels, channel) ? toOpeningHours(schedule.channels[channel]!) : undefined;
}

/** Adds an exclusion to a schedule, or to a channel's own hours; undefined if the channel has none. */
export function withExclusion(
  schedule: Schedule,
  exclusion: ScheduleExclusion,
  channel?: string,
): Schedule | undefined {
  if (channel === undefined) return { ...schedule, exclusions: [...schedule.exclusions, exclusion] };
  if (!Object.hasOwn(schedule.channels, channel)) return undefined;
  const channels = Object.entries(schedule.channels).map(([name, own]) =>
    name === channel ? [name, { ...own, exclusions: [...own.exclusions, exclusion] }] : [name, own],
  );
  return { ...schedule, channels: Object.fromEntries(channels) as Schedule['channels'] };
}

function toOpeningHours({ timezone, versions, exceptions, exclusions }: Timetable): OpeningHours {
  return {
    timeZone: timezone,
    versions: versions.map(({ valid_from, hours }) => ({
      validFrom: valid_from ?? undefined,
      hours: parseWeeklyHours(hours),
    })),
    exceptions: exceptions.map(({ hours, ...exception }) => ({ ...exception, hours: parseDailyHours(hours) })),
    exclusions: exclusions.map(({ start, end, reason }) => ({
      start: new Date(parseInstant(start)!),
      end: new Date(parseInstant(end)!),
      reason,
    })),
  };
}
