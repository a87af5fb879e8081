/** Converts rows of stored days, and what the repository finds in messages, to segments. */

import type { Activity, ActivitySum, Extent, Gap } from '../messages/activity';
import type { Segment, SegmentSum } from './segment';

/** A stored day of an organization or a channel. It has no gaps if there are more of them than may be read. */
export interface DayRow {
  channel: string | null;
  day: number;
  first_ms: number | null;
  last_ms: number | null;
  last_session: string | null;
  gap_starts: number[] | null;
  gap_ends: number[] | null;
  gap_sessions: string[] | null;
  total_gaps: number;
}

/** The sums of consecutive stored days. */
export interface SumRow {
  channel: string | null;
  first_ms: number;
  last_ms: number;
  gaps: number;
  excess_ms: number;
  longest_excess_ms: number;
}

export function segmentOfDay(row: DayRow): Segment {
  const { gap_ends, gap_sessions } = row;
  return {
    firstMs: row.first_ms ?? undefined,
    lastMs: row.last_ms ?? undefined,
    lastSessionId: row.last_session ?? '',
    gaps: (row.gap_starts ?? []).map((startMs, index) => ({
      startMs,
      endMs: gap_ends![index]!,
      sessionId: gap_sessions![index]!,
    })),
  };
}

export function segmentOfSum({ first_ms, last_ms, gaps, excess_ms, longest_excess_ms }: SumRow): SegmentSum {
  const sums = { gaps: Number(gaps), excessMs: excess_ms, longestExcessMs: longest_excess_ms };
  return { firstMs: first_ms, lastMs: last_ms, ...sums };
}

/** @param found what was found without looking beyond the range, so that all gaps have an end */
export function segmentOfActivity(found: Activity): Segment {
  return { ...endsOf(found), lastSessionId: found.lastSessionId ?? '', gaps: found.gaps };
}

export function sumOfActivity(found: ActivitySum): SegmentSum {
  const { innerGaps: gaps, innerExcessMs: excessMs, innerLongestExcessMs: longestExcessMs } = found;
  return { ...endsOf(found), gaps, excessMs, longestExcessMs };
}

/** What was found at the two ends of a range, each a millisecond long, with the messages next to them. */
export interface EdgesOfRange<Found extends Activity> {
  head?: Found;
  tail?: Found;
}

export function toActivity(joined: Segment, { head, tail }: EdgesOfRange<Activity>): Activity {
  const { lastSessionId, gaps } = joined;
  const [leading, trailing] = outerGaps(joined, head, tail);
  return {
    ...extentOf(joined, head),
    lastSessionId: joined.lastMs === undefined ? undefined : lastSessionId,
    gaps: [...leading, ...gaps, ...trailing],
  };
}

export function toActivitySum(joined: SegmentSum, { head, tail }: EdgesOfRange<ActivitySum>): ActivitySum {
  const outer = outerGaps(joined, head, tail).flat();
  const { gaps: innerGaps, excessMs: innerExcessMs, longestExcessMs: innerLongestExcessMs } = joined;
  return { ...extentOf(joined, head), gaps: outer, innerGaps, innerExcessMs, innerLongestExcessMs };
}

/** The gap that ends with the first message of the range or after it, and the one that begins with the last message of the range. */
function outerGaps(
  { firstMs }: { firstMs?: number },
  head: Activity | undefined,
  tail: Activity | undefined,
): [leading: Gap[], trailing: Gap[]] {
  const leading = head?.lastBefore ? head.gaps.slice(0, 1) : [];
  return [leading, tail && firstMs !== undefined ? tail.gaps.slice(-1) : []];
}

function extentOf({ firstMs, lastMs }: { firstMs?: number; lastMs?: number }, head: Activity | undefined): Extent {
  return { lastBefore: head?.lastBefore, firstMessageAt: toDate(firstMs), lastMessageAt: toDate(lastMs) };
}

function endsOf({ firstMessageAt, lastMessageAt }: Extent) {
  return { firstMs: firstMessageAt?.getTime(), lastMs: lastMessageAt?.getTime() };
}

function toDate(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}
