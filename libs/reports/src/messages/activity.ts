/** What the messages of a scope say about a range: where they begin and end, and the gaps between them. */

/**
 * Time between two consecutive messages that is longer than the threshold, or since the last message. Instants are
 * milliseconds since 1970: a range may have many gaps, and dates take several times as much memory.
 */
export interface Gap {
  /** When the message before the gap was sent. */
  startMs: number;
  /** When the message after the gap was sent; undefined if there is none yet. */
  endMs?: number;
  /** Session of the message before the gap. */
  sessionId: string;
}

/** The first and last messages of a scope in a range. */
export interface Extent {
  /** The last message before the range; undefined if there is none, or if nothing outside the range was read. */
  lastBefore?: Date;
  /** The first and last messages in the range; undefined if there are none. */
  firstMessageAt?: Date;
  lastMessageAt?: Date;
}

/** The activity of a scope in a range. */
export interface Activity extends Extent {
  /** Session of the last message in the range; undefined if there is none, or if sessions were not read. */
  lastSessionId?: string;
  /** In order of time. Includes gaps that extend beyond the range, unless nothing outside it was read. */
  gaps: Gap[];
}

/** The activity of a scope with the gaps between messages of the range added up. */
export interface ActivitySum extends Activity {
  /** The number of gaps that are not among `gaps`, which are those that extend beyond the range. */
  innerGaps: number;
  /** How much longer than the threshold they are together, in whole milliseconds. */
  innerExcessMs: number;
  /** How much longer than the threshold the longest of them is; 0 if there are none. */
  innerLongestExcessMs: number;
}

/** What was found for an organization, and for each of its channels. */
export interface ByChannel<Found> {
  whole: Found;
  /** Sorted by name. */
  channels: { channel: string; found: Found }[];
}

/** The activity of a scope, and what was found for its organization and each channel in the same state of the messages. */
export interface OverviewActivity<Found> {
  activity: Activity;
  byChannel: ByChannel<Found>;
}

/** A channel that an organization has ever had. */
export interface Channel {
  channel: string;
  /** Undefined if none of its messages counts yet. */
  firstMessageAt?: Date;
  lastMessageAt?: Date;
}

/** The last message of a scope. */
export interface LastMessage {
  at: Date;
  sessionId: string;
}
