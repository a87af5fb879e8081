/** The rows that statements about gaps return, and how to read them. */

import type { Activity, ActivitySum, ByChannel, Gap } from './activity';
import type { MessageRange } from './message-scope';

/** A gap, or a row at the edge of a range. */
export interface GapRow {
  previous_ms: number | null;
  at_ms: number | null;
  session_id: string | null;
}

/** The gaps of a scope added up. */
export interface SumRow {
  channel: string | null;
  last_before_ms: number | null;
  first_ms: number | null;
  last_ms: number | null;
  next_ms: number | null;
  gaps: number;
  excess_ms: number;
  longest_excess_ms: number;
}

/**
 * A row of an overview: of its report (part 1), or of its breakdown (part 2). In a row of sums, the first two columns hold
 * `last_before_ms` and `first_ms`; in others, there are no sums.
 */
export interface OverviewRow extends GapRow, Omit<SumRow, 'last_before_ms' | 'first_ms'> {
  part: 1 | 2;
}

/** Reads the rows of a scope, in any order: the earliest, the gaps, and the one that begins with the last message. */
export function toActivity(unsorted: GapRow[], { end, asOf }: MessageRange): Activity {
  const rows = unsorted.sort((one, other) => (one.previous_ms ?? -Infinity) - (other.previous_ms ?? -Infinity));
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const gaps: Gap[] = [];
  for (const { previous_ms, at_ms, session_id } of rows) {
    if (previous_ms === null || (at_ms === null && !asOf)) continue;
    gaps.push({ startMs: previous_ms, endMs: at_ms ?? undefined, sessionId: session_id ?? '' });
  }
  return {
    lastBefore: toDate(first.previous_ms),
    firstMessageAt: withinRange(first.at_ms, end),
    lastMessageAt: last === first ? undefined : toDate(last.previous_ms),
    lastSessionId: last === first ? undefined : (last.session_id ?? ''),
    gaps,
  };
}

/** Reads the row of a scope whose gaps are added up. */
export function toSum(row: SumRow, { end, asOf }: MessageRange): ActivitySum {
  const { last_before_ms, first_ms, last_ms, next_ms } = row;
  const outer = asOf
    ? [
        { startMs: last_before_ms, endMs: first_ms },
        { startMs: last_ms, endMs: next_ms },
      ]
    : [];
  return {
    lastBefore: toDate(last_before_ms),
    firstMessageAt: withinRange(first_ms, end),
    lastMessageAt: toDate(last_ms),
    gaps: outer.flatMap(({ startMs, endMs }) =>
      startMs === null ? [] : [{ startMs, endMs: endMs ?? undefined, sessionId: '' }],
    ),
    innerGaps: row.gaps,
    innerExcessMs: row.excess_ms,
    innerLongestExcessMs: row.longest_excess_ms,
  };
}

/**
 * Reads the rows of a breakdown: first those of the organization, then those of its channels by name.
 *
 * @param whole what was found for the organization, if the rows do not include it
 */
export function toActivityByChannel(
  rows: (GapRow & { channel: string | null })[],
  range: MessageRange,
  whole?: Activity,
): ByChannel<Activity> {
  const byChannel = new Map<string | null, GapRow[]>();
  for (const row of rows) {
    const own = byChannel.get(row.channel);
    if (own) own.push(row);
    else byChannel.set(row.channel, [row]);
  }
  const all = [...byChannel].map(([channel, own]) => ({ channel, found: toActivity(own, range) }));
  const ofChannels = all.filter((one): one is { channel: string; found: Activity } => one.channel !== null);
  return { whole: whole ?? all[0]!.found, channels: ofChannels };
}

/** The first message of all may come after the range. */
function withinRange(atMs: number | null, end: Date): Date | undefined {
  return atMs !== null && atMs <= end.getTime() ? new Date(atMs) : undefined;
}

/** An instant; undefined for null. */
export function toDate(milliseconds: number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds);
}
