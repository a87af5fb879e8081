import i18next from 'i18next';
import {
  type DailyInterval,
  formatDailyHours,
  parseWeeklyHours,
} from '../../../../libs/reports/src/opening-hours/weekly-hours';
import { LOCALE } from './locale';

/** A Monday. */
const MONDAY_MS = Date.UTC(2026, 2, 2);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WHOLE_DAY = '00:00-24:00';

/** A week with more different rules than this is read more easily in its notation. */
const MOST_RULES = 3;

/**
 * Writes the notation of a week in the browser's language: `Mon–Fri 09:00–18:00, Sat 10:00–14:00` for
 * `Mo-Fr 09:00-18:00; Sa 10:00-14:00`.
 *
 * @param locale whose names of weekdays and clock times it has; the words are those of the page
 * @returns the notation itself if it has no short words
 */
export function hoursInWords(notation: string, locale = LOCALE): string {
  const week = parseWeeklyHours(notation);
  const rules = rulesOf(week);
  if (rules.length === 0 || rules.length > MOST_RULES) return notation;
  const isDaily = rules.length === 1 && rules[0]!.first === 0 && rules[0]!.last === week.length - 1;
  if (isDaily && isWholeDay(week[0]!)) return i18next.t('hours.always');
  return rules
    .map(
      ({ first, last }) =>
        `${isDaily ? i18next.t('hours.daily') : daysText(first, last, locale)} ${timesText(week[first]!, locale)}`,
    )
    .join(', ');
}

/** Consecutive days with the same hours, without the closed ones. */
function rulesOf(week: DailyInterval[][]): { first: number; last: number }[] {
  const texts = week.map(formatDailyHours);
  const rules: { first: number; last: number }[] = [];
  week.forEach((intervals, day) => {
    if (intervals.length === 0) return;
    const rule = rules.at(-1);
    if (rule?.last === day - 1 && texts[rule.first] === texts[day]) rule.last = day;
    else rules.push({ first: day, last: day });
  });
  return rules;
}

function daysText(first: number, last: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const [from, to] = [first, last].map((day) => format.format(MONDAY_MS + day * DAY_MS));
  return first === last ? from! : `${from}–${to}`;
}

function timesText(intervals: DailyInterval[], locale: string): string {
  if (isWholeDay(intervals)) return i18next.t('hours.allDay');
  const format = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const clock = (minute: number) => format.format(MONDAY_MS + minute * MINUTE_MS);
  return intervals.map(({ start, end }) => `${clock(start)}–${clock(end)}`).join(', ');
}

function isWholeDay(intervals: DailyInterval[]): boolean {
  return formatDailyHours(intervals) === WHOLE_DAY;
}
