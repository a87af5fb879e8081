import type { Channel } from './report';

const DAY_MS = 86_400_000;

/** Up to which share of them two periods are equally long, or have equally many channels. */
const TOLERANCE = { time: 0.01, channels: 0.1 };

/** The channels in a period. */
interface Breakdown {
  channels: Pick<Channel, 'observed_time' | 'total_time'>[];
}

/** Checks whether a period has clearly fewer channels than another: with each new channel, all of them are silent less often. */
export function hasFewerChannels(before: Breakdown, now: Breakdown): boolean {
  return observedChannels(before) < (1 - TOLERANCE.channels) * observedChannels(now);
}

/** Outages in observed time, in milliseconds. */
interface Counted {
  outages: number;
  observed_time: number;
}

/**
 * Returns the outages per day of two periods if one is longer, so that their numbers do not compare. Rounded down: to hundredths, if there
 * are only a few a day.
 *
 * @returns undefined if the periods are equally long, or if nothing of one was observed
 */
export function outagesPerDay(periods: Counted[]): number[] | undefined {
  const times = periods.map(({ observed_time }) => observed_time);
  const shortestMs = Math.min(...times);
  if (shortestMs === 0 || shortestMs >= (1 - TOLERANCE.time) * Math.max(...times)) return undefined;
  const rates = periods.map(({ outages, observed_time }) => (outages * DAY_MS) / observed_time);
  const precision = Math.max(...rates) < 10 ? 100 : 1;
  return rates.map((rate) => Math.floor(rate * precision) / precision);
}

/** How many channels there are, those that are observed in part counted in part. */
function observedChannels({ channels }: Breakdown): number {
  return channels.reduce((sum, { observed_time, total_time }) => sum + (total_time && observed_time / total_time), 0);
}
