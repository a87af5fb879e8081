import { LOCALE } from '../time/locale';

/** A Monday. */
const MONDAY_MS = Date.UTC(2026, 2, 2);
const DAY_MS = 86_400_000;

const format = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', timeZone: 'UTC' });

/** The names of the days of a week in the page's language, Monday first. */
export const WEEKDAYS: string[] = Array.from({ length: 7 }, (_, day) => format.format(MONDAY_MS + day * DAY_MS));
