import { hasFewerChannels, outagesPerDay } from './comparability';

const DAY = 86_400_000;

describe('the comparison with the period before', () => {
  const counted = (outages: number, days: number) => ({ outages, observed_time: days * DAY });

  it('is of numbers where both are equally long, and of rates where one has a day more', () => {
    expect(outagesPerDay([counted(5, 30), counted(43, 29.9)])).toBeUndefined();
    expect(outagesPerDay([counted(3823, 31), counted(3590, 30)])).toEqual([123, 119]);
    expect(outagesPerDay([counted(2, 28), counted(1, 31)])).toEqual([0.07, 0.03]);
    expect(outagesPerDay([counted(0, 0), counted(3, 30)])).toBeUndefined();
    // To hundredths only if both are few.
    expect(outagesPerDay([counted(315, 30), counted(46, 31)])).toEqual([10, 1]);
  });

  it('says nothing if there were clearly fewer channels', () => {
    const channels = (...shares: number[]) => ({
      channels: shares.map((share) => ({ observed_time: share * DAY, total_time: DAY })),
    });
    expect(hasFewerChannels(channels(1, 0, 0), channels(1, 1, 0.5))).toBe(true);
    expect(hasFewerChannels(channels(1, 1, 0.8), channels(1, 1, 1))).toBe(false);
    expect(hasFewerChannels(channels(1, 1), channels(1))).toBe(false);
    expect(hasFewerChannels({ channels: [{ observed_time: 0, total_time: 0 }] }, channels(1))).toBe(true);
  });
});
