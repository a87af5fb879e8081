import type { Channel } from '../availability/report';

/** By how much the longest outage of a channel exceeds that of the whole chat to be worth a word. */
const FACTOR = 1.5;

type Metrics = Pick<Channel, 'channel' | 'observed_time' | 'total_down_time' | 'longest_down_time'>;

/**
 * Returns the channel with the longest outage of its own that the whole chat hides: of the channels that were silent for less than half of
 * their observed time, since a long silence is nothing unusual on others.
 *
 * @param longestMs of the whole chat
 * @returns undefined if none has an outage at least that much longer than any of the whole chat
 */
export function channelWithHiddenOutage<One extends Metrics>(
  channels: readonly One[],
  longestMs: number,
): One | undefined {
  const usuallyAlive = channels.filter((one) => 2 * one.total_down_time < one.observed_time);
  const [first] = usuallyAlive.sort((one, other) => other.longest_down_time - one.longest_down_time);
  return first && first.longest_down_time > 0 && first.longest_down_time >= FACTOR * longestMs ? first : undefined;
}
