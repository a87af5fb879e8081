/**
 * The pure rule that joins what neighboring parts of a range hold to what the whole range holds. It knows no day and no
 * database.
 */

import type { Gap } from '../messages/activity';

/** Where the messages of a part of a range begin and end, in milliseconds since 1970; undefined if there are none. */
interface Ends {
  firstMs?: number;
  lastMs?: number;
}

/** The messages of a part of a range: its ends, and the gaps between them in order of time. */
export interface Segment extends Ends {
  /** Session of the last message. */
  lastSessionId: string;
  gaps: Gap[];
}

/** The same, with the gaps counted and added up. */
export interface SegmentSum extends Ends {
  gaps: number;
  /** How much longer than the threshold the gaps are together, in milliseconds. */
  excessMs: number;
  /** How much longer than the threshold the longest one is; 0 if there are none. */
  longestExcessMs: number;
}

/**
 * Joins neighboring parts of a range. This is associative, so any division of a range leads to the same result.
 *
 * @param segments in order of time
 * @param thresholdMs time between two messages, in milliseconds, above which it is a gap
 */
export function joinSegments(segments: Iterable<Segment>, thresholdMs: number): Segment {
  const gaps: Gap[] = [];
  let lastSessionId = '';
  const ends = joinEnds(segments, thresholdMs, (segment, gapBefore) => {
    if (gapBefore) gaps.push({ ...gapBefore, sessionId: lastSessionId });
    for (const gap of segment.gaps) gaps.push(gap);
    ({ lastSessionId } = segment);
  });
  return { ...ends, lastSessionId, gaps };
}

/** Does the same for sums. */
export function joinSums(segments: Iterable<SegmentSum>, thresholdMs: number): SegmentSum {
  let gaps = 0;
  let excessMs = 0;
  let longestExcessMs = 0;
  const ends = joinEnds(segments, thresholdMs, (segment, gapBefore) => {
    gaps += segment.gaps + (gapBefore ? 1 : 0);
    const excessBeforeMs = gapBefore ? gapBefore.endMs - gapBefore.startMs - thresholdMs : 0;
    excessMs += segment.excessMs + excessBeforeMs;
    longestExcessMs = Math.max(longestExcessMs, segment.longestExcessMs, excessBeforeMs);
  });
  return { ...ends, gaps, excessMs, longestExcessMs };
}

/** @param add is called with each part that has messages, and with the gap before it, if there is one */
function joinEnds<Part extends Ends>(
  parts: Iterable<Part>,
  thresholdMs: number,
  add: (part: Part, gapBefore: { startMs: number; endMs: number } | undefined) => void,
): Ends {
  let firstMs: number | undefined;
  let lastMs: number | undefined;
  for (const part of parts) {
    if (part.firstMs === undefined) continue;
    const isGap = lastMs !== undefined && part.firstMs - lastMs > thresholdMs;
    add(part, isGap ? { startMs: lastMs!, endMs: part.firstMs } : undefined);
    firstMs ??= part.firstMs;
    ({ lastMs } = part);
  }
  return { firstMs, lastMs };
}
