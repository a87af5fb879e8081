/** Assembles the activity of an organization and each of its channels in a range from stored days and from messages. */

import type { Activity, ActivitySum, ByChannel } from '../messages/activity';
import type { MessageRange } from '../messages/message-scope';
import type { Part } from './division';
import { daysOf, divide, readEdges, refuseMore, restOf, rowLimit, rowsOf } from './rolled-up-activity';
import type { Snapshot } from './snapshot';
import { joinSegments, joinSums, type Segment, type SegmentSum } from './segment';
import { storedDayNumbers, storedDaysByChannel, storedSums } from './stored-days.sql';
import {
  type DayRow,
  type EdgesOfRange,
  segmentOfActivity,
  segmentOfDay,
  segmentOfSum,
  sumOfActivity,
  type SumRow,
  toActivity,
  toActivitySum,
} from './stored-rows';

/** Does what `MessageRepository.findActivityByChannel` does. */
export async function findWithDaysByChannel(snapshot: Snapshot, range: MessageRange): Promise<ByChannel<Activity>> {
  const { queries, messages, terms, days } = snapshot;
  const { thresholdMs } = terms;
  const find = (part: MessageRange) => messages.findActivityByChannel(part, thresholdMs);
  const rows = await queries.query<DayRow>(storedDaysByChannel(terms, range.organizationId, days, rowLimit(range)));
  const whole = rows.filter(({ channel }) => channel === null);
  const parts = divide(snapshot, range, whole);
  if (whole.length === 0) return find(range);
  refuseMore(rows[0]!.total_gaps, range);
  const ofChannel = new Map<string | null, Map<number, Segment>>();
  for (const row of rows) {
    if (!ofChannel.has(row.channel)) ofChannel.set(row.channel, new Map());
    ofChannel.get(row.channel)!.set(row.day, segmentOfDay(row));
  }
  const { channels, rests, edges } = await readByChannel(range, parts, find);
  let count = 0;
  return mapChannels(channels, (channel) => {
    const segments = parts.flatMap((part) =>
      part.kind === 'rest'
        ? [segmentOfActivity(partOf(rests.get(part)!, channel))]
        : daysOf(part.days, ofChannel.get(channel) ?? new Map<number, Segment>()),
    );
    const joined = joinSegments(segments, thresholdMs);
    refuseMore((count += rowsOf(joined)), range);
    return toActivity(joined, edgesOf(edges, channel));
  });
}

/**
 * Does what `MessageRepository.sumActivityByChannel` does.
 *
 * @param known the usable days, if they have been read
 */
export async function sumWithDaysByChannel(
  snapshot: Snapshot,
  range: MessageRange,
  known?: StoredDay[],
): Promise<ByChannel<ActivitySum>> {
  const { queries, messages, terms } = snapshot;
  const { thresholdMs } = terms;
  const { organizationId } = range;
  const find = (part: MessageRange) => messages.sumActivityByChannel(part, thresholdMs);
  const stored = known ?? (await readStoredDays(snapshot, range));
  const parts = divide(snapshot, range, stored);
  if (stored.length === 0) return find(range);
  const sums = new Map<Part, Map<string | null, SegmentSum>>();
  for (const part of parts) {
    if (part.kind === 'rest') continue;
    const rows = await queries.query<SumRow>(storedSums(terms, organizationId, part.days));
    sums.set(part, new Map(rows.map((row) => [row.channel, segmentOfSum(row)])));
  }
  const { channels, rests, edges } = await readByChannel(range, parts, find);
  return mapChannels(channels, (channel) => {
    const segments = parts.flatMap((part) => {
      if (part.kind === 'rest') return [sumOfActivity(partOf(rests.get(part)!, channel))];
      return sums.get(part)!.get(channel) ?? [];
    });
    return toActivitySum(joinSums(segments, thresholdMs), edgesOf(edges, channel));
  });
}

/** A usable day, by its number. */
export interface StoredDay {
  day: number;
}

/** Reads which days of an organization in a range are usable, in order. */
export function readStoredDays({ queries, terms, days }: Snapshot, range: MessageRange): Promise<StoredDay[]> {
  return queries.query(storedDayNumbers(terms, range.organizationId, days));
}

/** What was found for an organization and its channels, by name. */
interface Found<Item extends Activity> extends ByChannel<Item> {
  ofChannel: Map<string | null, Item>;
}

/** Reads the rests of a range and, unless they show which channels there are, at least one of its two ends. */
async function readByChannel<Item extends Activity>(
  range: MessageRange,
  parts: Part[],
  find: (part: MessageRange) => Promise<ByChannel<Item>>,
) {
  const byName = async (part: MessageRange): Promise<Found<Item>> => {
    const found = await find(part);
    const names = found.channels.map(({ channel, found: own }) => [channel, own] as const);
    return { ...found, ofChannel: new Map([[null, found.whole] as const, ...names]) };
  };
  const rests = new Map<Part, Found<Item>>();
  for (const part of parts) if (part.kind === 'rest') rests.set(part, await byName(restOf(range, part)));
  const [rest] = rests.values();
  const edges = rest && !range.asOf ? undefined : await readEdges(range, byName);
  const { channels } = (rest ?? edges?.head)!;
  return { channels: channels.map(({ channel }) => channel), rests, edges };
}

function edgesOf<Item extends Activity>(
  edges: { head: Found<Item>; tail?: Found<Item> } | undefined,
  channel: string | null,
): EdgesOfRange<Item> {
  return edges?.tail ? { head: partOf(edges.head, channel), tail: partOf(edges.tail, channel) } : {};
}

/** Finds the channel, which is there because one snapshot has the same channels in every range. */
function partOf<Item extends Activity>({ ofChannel }: Found<Item>, channel: string | null): Item {
  return ofChannel.get(channel)!;
}

function mapChannels<Result>(channels: string[], find: (channel: string | null) => Result): ByChannel<Result> {
  return { whole: find(null), channels: channels.map((channel) => ({ channel, found: find(channel) })) };
}
