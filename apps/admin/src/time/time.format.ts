import { LOCALE } from './locale';
import type { Period } from './period';
import type { PeriodFilter } from './period-filter';

type Options = Intl.DateTimeFormatOptions;

const DAY: Options = { day: 'numeric', month: 'short' };
const DATE: Options = { ...DAY, year: 'numeric' };
const CLOCK: Options = { hour: '2-digit', minute: '2-digit' };
const EXACT_CLOCK: Options = { ...CLOCK, second: '2-digit' };

/** The forms in which the page writes an instant that can be of any year. */
const FORMS = {
  /** `15 Jan 2023` */
  date: DATE,
  /** `15 Jan 2023, 10:30` */
  minute: { ...DATE, ...CLOCK },
  /** `January 2023` */
  month: { month: 'long', year: 'numeric' },
  clock: CLOCK,
  'exact-clock': EXACT_CLOCK,
  // For axes, headings of columns and breadcrumbs.
  'short-day': DAY,
  'short-month': { month: 'short', year: 'numeric' },
  'month-name': { month: 'short' },
  'weekday-name': { weekday: 'short' },
  'long-weekday': { weekday: 'long' },
} satisfies Record<string, Options>;

/** The forms of an instant within the shown period: with the weekday, and with the year only if the period has several. */
const FORMS_WITHIN = {
  /** `Sun 15 Jan` */
  day: { weekday: 'short', ...DAY },
  /** `Sun 15 Jan, 10:30` */
  minute: { weekday: 'short', ...DAY, ...CLOCK },
  /** `Sun 15 Jan, 10:30:00` */
  second: { weekday: 'short', ...DAY, ...EXACT_CLOCK },
} satisfies Record<string, Options>;

/** A period that is shown, and the time zone in which. */
export interface ShownPeriod {
  period: Period;
  filters: { zone: string };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Writes an instant in a time zone, in the browser's language.
 *
 * @param time ISO 8601, or milliseconds since 1970
 */
export function formatTime(time: string | number, zone: string, form: keyof typeof FORMS): string {
  return formatOf(FORMS[form], zone).format(new Date(time));
}

/** Returns a function that writes instants of a period as briefly as it allows. */
export function formatWithin(
  { period, filters: { zone } }: ShownPeriod,
  form: keyof typeof FORMS_WITHIN,
): (time: string | number) => string {
  const [first, last] = [period.startMs, period.endMs - 1].map((ms) => formatOf({ year: 'numeric' }, zone).format(ms));
  const options = FORMS_WITHIN[form];
  const format = formatOf(first === last ? options : { ...options, year: 'numeric' }, zone);
  return (time) => format.format(new Date(time));
}

/** Writes a period as briefly as the browser's language allows: `1–15 May 2016`, with times only if it is chosen by instants. */
export function formatPeriod({ startMs, endMs }: Period, { period, from, to, zone }: PeriodFilter): string {
  const hasTimes = period === 'custom' && [from, to].some((text) => text?.includes('T'));
  return formatOf(hasTimes ? FORMS.minute : DATE, zone).formatRange(startMs, hasTimes ? endMs : endMs - 1);
}

function formatOf(options: Options, zone: string): Intl.DateTimeFormat {
  const key = `${JSON.stringify(options)} ${zone}`;
  // Creating a format takes about a hundred times as long as using it.
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone });
  formats.set(key, format);
  return format;
}
