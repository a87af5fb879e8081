import type { components } from '../api/schema';
import { type DayDraft, dayDraftOf, isInterval, notationOfDay, notationOfWeek, weekDraftOf } from './hours-draft';
import type { Schedule } from './schedule';

type Timetable = components['schemas']['TimetableBody'];
type Exclusion = components['schemas']['ScheduleExclusionBody'];

/** Hours of a week that are being edited. */
export interface VersionDraft {
  /** First date; null for the beginning, empty while it is typed. */
  validFrom: string | null;
  /** Monday first. */
  week: DayDraft[];
}

/** Hours of a date that are being edited. */
export interface ExceptionDraft {
  date: string;
  name: string;
  day: DayDraft;
}

/** Opening hours that are being edited. They may be incomplete. */
export interface TimetableDraft {
  timezone: string;
  versions: VersionDraft[];
  exceptions: ExceptionDraft[];
  /** Their times are instants in ISO 8601, or empty while they are typed. */
  exclusions: Exclusion[];
}

/** A schedule that is being edited. */
export interface ScheduleDraft extends TimetableDraft {
  channels: Record<string, TimetableDraft>;
}

/** What can be wrong with a draft. */
export type DraftProblem = 'interval' | 'version' | 'exception' | 'exclusion';

/** Turns a schedule into the draft that the editor edits. */
export function draftOf({ channels, ...timetable }: Schedule): ScheduleDraft {
  return { ...timetableDraftOf(timetable), channels: mapValues(channels ?? {}, timetableDraftOf) };
}

/** Turns a draft without problems into a schedule. */
export function scheduleOf({ channels, ...timetable }: ScheduleDraft): Schedule {
  return { ...timetableOf(timetable), channels: mapValues(channels, timetableOf) };
}

/** A timetable for somebody who begins. */
export function usualTimetable(timezone: string): TimetableDraft {
  return {
    timezone,
    versions: [{ validFrom: null, week: weekDraftOf('Mo-Fr 09:00-17:00') }],
    exceptions: [],
    exclusions: [],
  };
}

/** Finds what keeps a draft from being stored. */
export function problemsOf({ channels, ...timetable }: ScheduleDraft): DraftProblem[] {
  return [...new Set([timetable, ...Object.values(channels)].flatMap(timetableProblems))];
}

/** Whether an exclusion is complete, and ends after it starts. */
export function isExclusion({ start, end, reason }: Exclusion): boolean {
  return Date.parse(start) < Date.parse(end) && reason.trim() !== '';
}

function timetableProblems({ versions, exceptions, exclusions }: TimetableDraft): DraftProblem[] {
  const days = [...versions.flatMap(({ week }) => week), ...exceptions.map(({ day }) => day)];
  const problems: [DraftProblem, boolean][] = [
    ['interval', !days.flat().every(isInterval)],
    ['version', !areDistinct(versions.map(({ validFrom }) => validFrom ?? 'beginning'))],
    ['exception', !areDistinct(exceptions.map(({ date }) => date))],
    ['exclusion', !exclusions.every(isExclusion)],
  ];
  return problems.filter(([, isThere]) => isThere).map(([problem]) => problem);
}

function areDistinct(dates: string[]): boolean {
  return !dates.includes('') && new Set(dates).size === dates.length;
}

function timetableDraftOf({ timezone, versions, exceptions = [], exclusions = [] }: Timetable): TimetableDraft {
  return {
    timezone,
    versions: versions.map(({ valid_from, hours }) => ({ validFrom: valid_from ?? null, week: weekDraftOf(hours) })),
    exceptions: exceptions.map(({ date, hours, name = '' }) => ({ date, name, day: dayDraftOf(hours) })),
    exclusions,
  };
}

function timetableOf({ timezone, versions, exceptions, exclusions }: TimetableDraft): Timetable {
  return {
    timezone,
    versions: versions.map(({ validFrom, week }) => ({ valid_from: validFrom, hours: notationOfWeek(week) })),
    exceptions: exceptions.map(({ date, name, day }) => ({
      date,
      hours: notationOfDay(day),
      ...(name.trim() !== '' && { name: name.trim() }),
    })),
    exclusions,
  };
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
