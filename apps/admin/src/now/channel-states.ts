import type { components } from '../api/schema';

export type ChannelState = components['schemas']['ChannelStateResponse'];

/** Up to how many channels there is a chip for each. */
const FEW_CHANNELS = 12;

/** How many chips there are of more channels: few enough to leave the figures in the first screen of a phone. */
const CHIPS_OF_MANY = 4;

/** The channels of an organization as chips. */
export interface ChannelChips {
  /** In the order to be shown. */
  chips: ChannelState[];
  /** How many channels are silent, without those that have never had a message. */
  silent: number;
  /** How many are closed. */
  closed: number;
  /** How many are neither silent nor closed nor without messages. */
  fine: number;
  /** How many silent channels have no chip. */
  hiddenSilent: number;
  /** Whether channels that are not silent are only counted. */
  isCounted: boolean;
}

const RANKS = { down: 0, up: 1, closed: 2, no_data: 3 };

/**
 * Chooses the chips of channels: the silent ones first, of them the one that went silent last. Of more than a dozen channels only
 * silent ones have chips, at most four.
 */
export function chipsOf(channels: ChannelState[]): ChannelChips {
  const count = (state: ChannelState['state']) => channels.filter((one) => one.state === state).length;
  const isCounted = channels.length > FEW_CHANNELS;
  const sorted = channels
    .map((channel) => ({ channel, sinceMs: channel.state === 'down' ? Date.parse(channel.since!) : 0 }))
    .sort((one, other) => RANKS[one.channel.state] - RANKS[other.channel.state] || other.sinceMs - one.sinceMs)
    .map(({ channel }) => channel);
  const chips = (isCounted ? sorted.filter(({ state }) => state === 'down') : sorted).slice(
    0,
    isCounted ? CHIPS_OF_MANY : undefined,
  );
  const silent = count('down');
  const hiddenSilent = isCounted ? silent - chips.length : 0;
  return { chips, silent, closed: count('closed'), fine: count('up'), hiddenSilent, isCounted };
}
