/** Assembles the activity of a scope in a range from stored days and from messages, all in one snapshot. */

import type { Activity } from '../messages/activity';
import type { MessageRange } from '../messages/message-scope';
import { TooManyGapsError } from '../messages/too-many-gaps.error';
import { divideRange, type Part } from './division';
import type { Snapshot } from './snapshot';
import { joinSegments, type Segment } from './segment';
import { type Days, storedDays } from './stored-days.sql';
import { type DayRow, segmentOfActivity, segmentOfDay, toActivity } from './stored-rows';

/** Does what `MessageRepository.findActivity` does. */
export async function findWithDays(snapshot: Snapshot, range: MessageRange): Promise<Activity> {
  const { queries, messages, terms, days } = snapshot;
  const { thresholdMs } = terms;
  const find = (part: MessageRange) => messages.findActivity(part, thresholdMs);
  const rows = await queries.query<DayRow>(storedDays(terms, range, days, rowLimit(range)));
  const parts = divide(snapshot, range, rows);
  if (rows.length === 0) return find(range);
  refuseMore(rows[0]!.total_gaps, range);
  const segments: Segment[] = [];
  const ofDay = new Map(rows.map((row) => [row.day, segmentOfDay(row)]));
  for (const part of parts) {
    if (part.kind === 'rest') segments.push(segmentOfActivity(await find(restOf(range, part))));
    else segments.push(...daysOf(part.days, ofDay));
  }
  const joined = joinSegments(segments, thresholdMs);
  refuseMore(rowsOf(joined), range);
  return toActivity(joined, range.asOf ? await readEdges(range, find) : {});
}

export function divide(
  { terms, days, usage }: Snapshot,
  { start, end }: MessageRange,
  stored: { day: number }[],
): Part[] {
  usage.days += days.until - days.from;
  usage.storedDays += stored.length;
  return divideRange(
    start,
    end,
    stored.map(({ day }) => day),
    terms.settings.dayMs,
  );
}

export function daysOf({ from, until }: Days, segments: Map<number, Segment>): Segment[] {
  return Array.from({ length: until - from }, (_, index) => segments.get(from + index) ?? []).flat();
}

/** Reads the first millisecond of the range. With `asOf`, also reads the last one, and the messages next to both. */
export async function readEdges<Item>(range: MessageRange, find: (part: MessageRange) => Promise<Item>) {
  const part = { ...range, maximumGaps: undefined };
  const head = await find({ ...part, end: range.start });
  return { head, tail: range.asOf ? await find({ ...part, start: range.end }) : undefined };
}

/** The range of a rest, without the messages next to it: those belong to the neighboring parts. */
export function restOf(range: MessageRange, { startMs, endMs }: Extract<Part, { kind: 'rest' }>): MessageRange {
  return { ...range, start: new Date(startMs), end: new Date(endMs), asOf: undefined };
}

/** The maximum number of rows of the statement over messages: the first and the last row may not be gaps. */
export function rowLimit({ maximumGaps = Infinity }: MessageRange): number {
  return maximumGaps + 2;
}

/** The number of rows that it would have. */
export function rowsOf({ firstMs, gaps }: Segment): number {
  return 1 + gaps.length + (firstMs === undefined ? 0 : 1);
}

export function refuseMore(rows: number, range: MessageRange): void {
  if (rows > rowLimit(range)) throw new TooManyGapsError(range.maximumGaps!);
}
