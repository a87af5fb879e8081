import { countOutages } from '../downtimes/silent-parts';
import { clockTimeOf, type LocalDay } from '../time/local-days';
import type { Period } from '../time/period';
import type { DayStrip } from './day-strips';
import type { Span } from './silence-shape';

/** The period that a strip represents. */
export type Unit = 'day' | 'week';

/** One strip of the history: a day, or a week from Monday to Sunday. Spans lie where clocks show their times. */
export interface Column extends Period {
  /** Its first date: `2026-11-22` */
  date: string;
  /** The weekday of its first date: 1 is Monday. */
  weekday: number;
  silent: Span[];
  observed: Span[];
  closed: Span[];
  unknown: Span[];
  silentMs: number;
  observedMs: number;
  closedMs: number;
  outages: number;
}

const DAY_MS = 86_400_000;
/** More days are shown as weeks. */
const MOST_DAYS = 100;

/** Chooses what strips stand for. */
export function unitFor(days: number): Unit {
  return days <= MOST_DAYS ? 'day' : 'week';
}

/** Turns the strips of days, in order, into those to show. */
export function columnsOf(strips: readonly DayStrip[], unit: Unit, period: Period): Column[] {
  return groupsOf(strips, unit).map((group) => {
    const place = (partsOf: (strip: DayStrip) => readonly Period[]) =>
      group.flatMap((strip) => splitAtChange(partsOf(strip), strip.day).map((part) => spanOf(part, strip.day, unit)));
    return {
      date: group[0]!.day.date,
      weekday: group[0]!.day.weekday,
      startMs: Math.max(period.startMs, group[0]!.day.startMs),
      endMs: Math.min(period.endMs, group.at(-1)!.day.endMs),
      silent: place(({ silent }) => silent),
      observed: place(({ observed }) => observed),
      closed: place(({ closed }) => closed),
      unknown: place(({ unknown }) => unknown),
      silentMs: sumOf(group, ({ silentMs }) => silentMs),
      observedMs: sumOf(group, ({ observedMs }) => observedMs),
      closedMs: sumOf(group, ({ closed }) => sumOf(closed, ({ startMs, endMs }) => endMs - startMs)),
      outages: countOutages(group.flatMap(({ silent }) => silent)),
    };
  });
}

/** Returns the strip with the most silent time; undefined if none has any, or if there is only one. */
export function worstOf(columns: readonly Column[]): Column | undefined {
  if (columns.length < 2) return undefined;
  const worst = columns.reduce((one, other) => (other.silentMs > one.silentMs ? other : one));
  return worst.silentMs > 0 ? worst : undefined;
}

/** How strips are laid out in lines. */
interface Lines {
  /** How many strips find a place in a line. */
  perLine: number;
  /** How many places stay empty before the first strip. */
  blanks: number;
}

/** Lays strips out in lines: none narrower than a finger needs, and days that take several lines as in a calendar, from Monday. */
export function linesOf(columns: readonly Column[], unit: Unit, widthPixels: number): Lines {
  const most = Math.max(1, Math.floor(widthPixels / LEAST_PIXELS));
  if (columns.length <= most) return { perLine: columns.length, blanks: 0 };
  const step = unit === 'day' && most >= 7 ? 7 : 1;
  const blanks = step === 7 ? columns[0]!.weekday - 1 : 0;
  const places = columns.length + blanks;
  const lines = Math.ceil(places / (most - (most % step)));
  return { perLine: Math.ceil(places / lines / step) * step, blanks };
}

/** The target size of WCAG 2.2, and the space between two strips. */
const LEAST_PIXELS = 26;

function groupsOf(strips: readonly DayStrip[], unit: Unit): DayStrip[][] {
  const groups: DayStrip[][] = [];
  for (const strip of strips) {
    if (unit === 'day' || strip.day.weekday === 1 || groups.length === 0) groups.push([]);
    groups.at(-1)!.push(strip);
  }
  return groups;
}

/** Splits parts of a day where its clocks change, so that each lies where they show it. */
function splitAtChange(parts: readonly Period[], { change }: LocalDay): readonly Period[] {
  if (!change) return parts;
  const { atMs } = change;
  return parts.flatMap(({ startMs, endMs }) =>
    startMs < atMs && atMs < endMs
      ? [
          { startMs, endMs: atMs },
          { startMs: atMs, endMs },
        ]
      : [{ startMs, endMs }],
  );
}

function spanOf({ startMs, endMs }: Period, day: LocalDay, unit: Unit): Span {
  const [before, days] = unit === 'day' ? [0, 1] : [day.weekday - 1, 7];
  const from = clockTimeOf(day, startMs) / DAY_MS;
  return { from: (before + from) / days, to: (before + from + (endMs - startMs) / DAY_MS) / days };
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
