/**
 * The notation of a week: a part of OpenStreetMap's `opening_hours`.
 * https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */

/** From one minute of a day to another, counted from its midnight; the end may be on the next day, up to 2880. */
export interface DailyInterval {
  start: number;
  /** Later than `start`, and not part of the interval. */
  end: number;
}

/** The intervals that start on each day, Monday first. They may overlap. */
export type WeeklyHours = DailyInterval[][];

/** Hours that do not have the accepted form. The message says what was found, and the accepted form. */
export class OpeningHoursError extends RangeError {}

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const DAY_MINUTES = 24 * 60;
const EXAMPLE = 'Mo-Fr 09:00-18:00; Sa 10:00-14:00';
const ALWAYS = '24/7';
const CLOSED = 'off';

/**
 * Reads hours such as `Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00`, `22:00-06:00` (every day) or `24/7`. A weekday that is not
 * named is closed.
 *
 * @throws OpeningHoursError
 */
export function parseWeeklyHours(text: string): WeeklyHours {
  if (text.trim() === '') throw new OpeningHoursError(`is empty; write hours such as ${EXAMPLE}, or ${ALWAYS}`);
  if (text.trim() === ALWAYS) return WEEKDAYS.map(() => [{ start: 0, end: DAY_MINUTES }]);
  const week: (DailyInterval[] | undefined)[] = WEEKDAYS.map(() => undefined);
  for (const rule of text.split(';')) {
    const [, days = '', times = ''] = /^((?:[a-z]{2}[\s,\-–]*)*?)\s*(off|\d.*)$/i.exec(rule.trim()) ?? [];
    if (times === '') throw unknown(rule);
    for (const day of days.trim() === '' ? WEEKDAYS.keys() : parseDays(days)) {
      if (week[day] !== undefined)
        throw new OpeningHoursError(`names ${WEEKDAYS[day]} twice; put its hours into one rule`);
      week[day] = parseDailyHours(times);
    }
  }
  return week.map((intervals) => intervals ?? []);
}

/**
 * Reads the hours of one day, such as `09:00-12:00,13:00-17:30`, or `off`.
 *
 * @throws OpeningHoursError
 */
export function parseDailyHours(text: string): DailyInterval[] {
  if (text.trim().toLowerCase() === CLOSED) return [];
  return text
    .split(',')
    .map(parseInterval)
    .sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Writes hours in the form that `parseWeeklyHours` reads, with equal days in one rule. */
export function formatWeeklyHours(week: WeeklyHours): string {
  const texts = week.map(formatDailyHours);
  if (texts.every((text) => text === '00:00-24:00')) return ALWAYS;
  const rules: string[] = [];
  for (let first = 0; first < texts.length;) {
    let last = first;
    while (texts[last + 1] === texts[first]) last++;
    const days = first === last ? WEEKDAYS[first]! : `${WEEKDAYS[first]!}-${WEEKDAYS[last]!}`;
    if (texts[first] !== CLOSED) rules.push(`${days} ${texts[first]!}`);
    first = last + 1;
  }
  return rules.length === 0 ? `Mo-Su ${CLOSED}` : rules.join('; ');
}

/** Writes the hours of one day in the form that `parseDailyHours` reads. */
export function formatDailyHours(intervals: DailyInterval[]): string {
  if (intervals.length === 0) return CLOSED;
  return intervals.map(({ start, end }) => `${formatMinute(start)}-${formatEnd(end)}`).join(',');
}

function parseDays(text: string): number[] {
  return text
    .trim()
    .split(/\s*,\s*/)
    .flatMap((part) => {
      const [from, to = from, ...rest] = part.split(/\s*[-–]\s*/).map(weekdayOf);
      if (from === undefined || rest.length > 0) throw unknown(part);
      const length = ((to! - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
      return Array.from({ length }, (_, index) => (from + index) % WEEKDAYS.length);
    });
}

function weekdayOf(name: string): number {
  const day = WEEKDAYS.findIndex((weekday) => weekday.toLowerCase() === name.toLowerCase());
  if (day === -1)
    throw new OpeningHoursError(`has ${name}, which is not a weekday; the weekdays are ${WEEKDAYS.join(', ')}`);
  return day;
}

function parseInterval(text: string): DailyInterval {
  const [, ...parts] = /^\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*$/.exec(text) ?? [];
  const [startHour, startMinute, endHour, endMinute] = parts.map(Number) as [number, number, number, number];
  if (parts.length === 0 || startHour > 23 || startMinute > 59 || endMinute > 59) throw unknown(text);
  const start = startHour * 60 + startMinute;
  const end = endHour * 60 + endMinute;
  if (end > DAY_MINUTES) throw unknown(text);
  if (end === DAY_MINUTES - 1) throw new OpeningHoursError('ends at 23:59; write 24:00 for the end of a day');
  if (start === end)
    throw new OpeningHoursError(`has ${text.trim()}, which is empty; write 00:00-24:00 for a whole day`);
  return { start, end: end > start ? end : end + DAY_MINUTES };
}

function formatMinute(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** An end on the next day is at or before the start; at midnight, it is 24:00. */
function formatEnd(end: number): string {
  return formatMinute(end > DAY_MINUTES ? end - DAY_MINUTES : end);
}

function unknown(text: string): OpeningHoursError {
  const found = text.trim() === '' ? 'an empty rule' : `"${text.trim()}"`;
  return new OpeningHoursError(`has ${found}; write hours such as ${EXAMPLE}, or ${ALWAYS}`);
}
