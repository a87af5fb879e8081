import { channelWithHiddenOutage } from './hidden-outage';

const HOUR_MS = 3_600_000;

function channel(name: string, downtimeHours: number, longestHours: number, observedHours = 720) {
  return {
    channel: name,
    observed_time: observedHours * HOUR_MS,
    total_down_time: downtimeHours * HOUR_MS,
    longest_down_time: longestHours * HOUR_MS,
  };
}

describe('channelWithHiddenOutage', () => {
  it('finds the longest outage of a channel that the whole chat hides', () => {
    const channels = [channel('web', 3, 1), channel('whatsapp', 80, 70), channel('email', 60, 20)];
    expect(channelWithHiddenOutage(channels, HOUR_MS)?.channel).toBe('whatsapp');
  });

  it('finds one that is half as long again', () => {
    expect(channelWithHiddenOutage([channel('web', 3, 1.5)], HOUR_MS)?.channel).toBe('web');
  });

  it.each([
    ['an outage that is not much longer', [channel('web', 3, 1.4)], 1],
    ['a channel that is silent for half of its time', [channel('email', 360, 70)], 1],
    ['a channel without observed time', [channel('email', 0, 0, 0)], 0],
    ['channels that were never silent', [channel('web', 0, 0), channel('sms', 0, 0)], 0],
    ['no channels', [], 1],
  ])('does not name %s', (_, channels, longestHours) => {
    expect(channelWithHiddenOutage(channels, longestHours * HOUR_MS)).toBeUndefined();
  });
});
