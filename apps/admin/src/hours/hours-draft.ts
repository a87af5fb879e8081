import {
  type DailyInterval,
  formatDailyHours,
  formatWeeklyHours,
  parseDailyHours,
  parseWeeklyHours,
} from '../../../../libs/reports/src/opening-hours/weekly-hours';

/** From one time of a day to another, as inputs of times have them: `09:00`, or empty. `00:00` as an end is midnight. */
export interface IntervalDraft {
  from: string;
  to: string;
}

/** The intervals that start on a day; none if it is closed. */
export type DayDraft = IntervalDraft[];

/** The initial value of a new interval. */
export const USUAL_INTERVAL: IntervalDraft = { from: '09:00', to: '17:00' };

/** Turns the notation of a week into seven days, Monday first. */
export function weekDraftOf(notation: string): DayDraft[] {
  return parseWeeklyHours(notation).map((day) => day.map(intervalDraftOf));
}

/** Turns the notation of a day into its intervals. */
export function dayDraftOf(notation: string): DayDraft {
  return parseDailyHours(notation).map(intervalDraftOf);
}

/** Writes seven days in the notation of a week. All their intervals must be valid. */
export function notationOfWeek(week: DayDraft[]): string {
  return formatWeeklyHours(week.map(intervalsOf));
}

/** Writes a day in its notation. All its intervals must be valid. */
export function notationOfDay(day: DayDraft): string {
  return formatDailyHours(intervalsOf(day));
}

/** Checks whether an interval is complete and not empty. 23:59 as an end would leave out the last minute of a day. */
export function isInterval({ from, to }: IntervalDraft): boolean {
  if (from === '' || to === '' || to === '23:59') return false;
  return from !== to || from === '00:00';
}

function intervalsOf(day: DayDraft): DailyInterval[] {
  if (day.length === 0) return [];
  return parseDailyHours(day.map(({ from, to }) => `${from}-${to === '00:00' ? '24:00' : to}`).join(','));
}

function intervalDraftOf({ start, end }: DailyInterval): IntervalDraft {
  return { from: clockOf(start), to: clockOf(end) };
}

function clockOf(minute: number): string {
  const ofDay = minute % 1440;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
