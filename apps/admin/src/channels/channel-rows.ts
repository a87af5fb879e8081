import type { components } from '../api/schema';
import { type Share, thousandthsOf } from '../availability/availability.format';
import { observedSince } from '../availability/report';
import { fold } from '../layout/fold';
import type { Period } from '../time/period';

type Channel = components['schemas']['ChannelResponse'];

/** With this many channels or fewer, all are shown. */
export const MOST_UNFOLDED = 12;

/** Below this availability, a channel is silent nearly throughout: in thousandths of a percent. */
const HARDLY_AVAILABLE = 1000;

export const CHANNEL_COLUMNS = [
  'channel',
  'availability',
  'difference',
  'downtime',
  'outages',
  'longest',
  'last',
] as const;
export type ChannelColumn = (typeof CHANNEL_COLUMNS)[number];

/** Checks whether a column is first sorted with the largest or latest on top. */
export function isLargestFirst(column: ChannelColumn): boolean {
  return (['downtime', 'outages', 'longest', 'last'] as ChannelColumn[]).includes(column);
}

/** What the table shows about a channel. */
export interface ChannelRow {
  name: string;
  /** Over observed time; undefined if there is none. */
  share: Share | undefined;
  /** When observed time begins, if that is later than the period. ISO 8601. */
  since: string | undefined;
  /** How much the availability is above that of the period before, in thousandths of a percent; undefined if that says nothing. */
  difference: number | undefined;
  /** Why there is no difference: the period before has no observed time, or begins with unobserved time. */
  incomparable?: 'nothing' | 'partial';
  /** Milliseconds. */
  downtime: number;
  outages: number;
  /** Of the longest outage, in milliseconds; 0 if there was none. */
  longest: number;
  /** Milliseconds since 1970; undefined if there was no message in the period. */
  lastMs: number | undefined;
}

/** The channels in a period. */
interface Breakdown {
  channels: Channel[];
  period: Period;
}

/** Pairs each channel of a period with its own figures in the previous period, once these are known. */
export function rowsOf({ channels, period }: Breakdown, before?: Breakdown): ChannelRow[] {
  const channelsBefore = new Map(before?.channels.map((one) => [one.channel, one]));
  return channels.map((one) => {
    const share = shareOf(one);
    return {
      name: one.channel,
      share,
      since: observedSince(one, period),
      ...(before && share ? compare(share, channelsBefore.get(one.channel), before.period) : { difference: undefined }),
      downtime: one.total_down_time,
      outages: one.outages,
      longest: one.longest_down_time,
      lastMs: one.last_message_at === null ? undefined : Date.parse(one.last_message_at),
    };
  });
}

/** Keeps the channels whose name contains a text, whatever its case and accents. */
export function search(rows: ChannelRow[], text: string): ChannelRow[] {
  const wanted = fold(text.trim());
  return rows.filter(({ name }) => fold(name).includes(wanted));
}

/**
 * Sorts channels by a column, those without a value last in both orders. Of channels that read the same in it, the first has the most
 * outages, and of these the latest message.
 */
export function sortRows(rows: ChannelRow[], by: ChannelColumn, isDescending: boolean): ChannelRow[] {
  const sign = isDescending ? -1 : 1;
  if (by === 'channel') return [...rows].sort((one, other) => sign * one.name.localeCompare(other.name));
  const values = new Map(rows.map((row) => [row, valueOf(row, by)]));
  return [...rows].sort((one, other) => {
    const [value, otherValue] = [values.get(one), values.get(other)];
    if (value === undefined || otherValue === undefined)
      return Number(value === undefined) - Number(otherValue === undefined);
    return sign * (value - otherValue) || other.outages - one.outages || (other.lastMs ?? 0) - (one.lastMs ?? 0);
  });
}

/** The channels that are listed, and those that are only counted. */
interface FoldedRows {
  shown: ChannelRow[];
  /** Without observed time. */
  unknown: ChannelRow[];
  /** Without a message. */
  silent: ChannelRow[];
  /** With messages, but silent nearly throughout. */
  nearlySilent: ChannelRow[];
}

/**
 * Of many channels, separates those without messages, and of the others those that hardly had any, unless all are like that.
 *
 * @param least how many to show at least of those with messages
 */
export function foldRows(rows: ChannelRow[], least = MOST_UNFOLDED): FoldedRows {
  if (rows.length <= MOST_UNFOLDED) return { shown: rows, unknown: [], silent: [], nearlySilent: [] };
  const unknown = rows.filter(({ share }) => !share);
  const silent = rows.filter(({ share, lastMs }) => share && lastMs === undefined);
  const written = rows.filter(({ share, lastMs }) => share && lastMs !== undefined);
  const isActive = ({ share }: ChannelRow) => thousandthsOf(share!) >= HARDLY_AVAILABLE;
  if (!written.some(isActive)) return { shown: written, unknown, silent, nearlySilent: [] };
  const mostActive = new Set(sortRows(written, 'availability', true).slice(0, least));
  const isShown = (row: ChannelRow) => isActive(row) || mostActive.has(row);
  return { shown: written.filter(isShown), unknown, silent, nearlySilent: written.filter((row) => !isShown(row)) };
}

function valueOf(row: ChannelRow, by: Exclude<ChannelColumn, 'channel'>): number | undefined {
  switch (by) {
    case 'availability':
      return row.share && thousandthsOf(row.share);
    case 'difference':
      return row.difference;
    case 'downtime':
      return row.downtime;
    case 'outages':
      return row.outages;
    case 'longest':
      return row.longest;
    case 'last':
      return row.lastMs;
  }
}

function compare(
  share: Share,
  before: Channel | undefined,
  periodBefore: Period,
): Pick<ChannelRow, 'difference' | 'incomparable'> {
  const shareBefore = before && shareOf(before);
  if (!before || !shareBefore) return { difference: undefined, incomparable: 'nothing' };
  if (observedSince(before, periodBefore) !== undefined) return { difference: undefined, incomparable: 'partial' };
  return { difference: thousandthsOf(share) - thousandthsOf(shareBefore) };
}

function shareOf({ observed_time: total_time, total_down_time }: Channel): Share | undefined {
  return total_time === 0 ? undefined : { total_time, total_down_time };
}
