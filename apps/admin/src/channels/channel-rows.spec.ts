import type { components } from '../api/schema';
import { foldRows, MOST_UNFOLDED, rowsOf, search, sortRows } from './channel-rows';

type Channel = components['schemas']['ChannelResponse'];

function channel(
  name: string,
  downtime: number,
  observed = 1000,
  last: string | null = '2026-01-01T00:00:00Z',
): Channel {
  return {
    channel: name,
    observed_time: observed,
    observed_availability_percentage: observed === 0 ? null : ((observed - downtime) / observed) * 100,
    availability_percentage: 100,
    total_down_time: downtime,
    total_time: 10_000,
    outages: downtime === 0 ? 0 : 1,
    longest_down_time: downtime,
    first_message_at: last,
    last_message_at: last,
  };
}

describe('the rows of channels', () => {
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

  const period = { startMs: Date.parse('2026-01-01T00:00:00Z'), endMs: Date.parse('2026-01-02T00:00:00Z') };

  const listOf = (channels: Channel[], before?: Parameters<typeof rowsOf>[1]) => rowsOf({ channels, period }, before);

  it('differ from the period before by what both read', () => {
    const now = [channel('better', 1), channel('new', 0), channel('unknown', 0, 0), channel('same', 2)];
    const before = [channel('better', 3), channel('new', 0, 0), channel('unknown', 1), channel('same', 2)];
    // 99.9 % after 99.7 %.
    const rows = listOf(now, { channels: before, period });
    expect(rows.map(({ difference }) => difference)).toEqual([200, undefined, undefined, 0]);
    expect(rows.map(({ incomparable }) => incomparable)).toEqual([undefined, 'nothing', undefined, undefined]);
    expect(listOf(now)[0]!.difference).toBeUndefined();
  });

  it('do not differ from a period before that begins with unobserved time', () => {
    const [hour, day] = [3_600_000, 86_400_000];
    const before = { ...channel('late', 1, 23 * hour), total_time: day, first_message_at: '2026-01-01T01:00:00Z' };
    const [row] = listOf([channel('late', 0)], { channels: [before], period });
    expect([row!.difference, row!.incomparable]).toEqual([undefined, 'partial']);
  });

  it('are found by a part of the name in any case', () => {
    const rows = listOf([channel('WhatsApp', 0), channel('Straße', 0), channel('web', 0)]);
    expect(names(search(rows, ' HATS '))).toEqual(['WhatsApp']);
    expect(names(search(rows, ''))).toHaveLength(3);
  });

  it('are sorted by a column, those without a value last in both orders', () => {
    const rows = listOf([
      channel('a', 5),
      channel('none', 0, 0, null),
      channel('b', 9, 1000, '2026-01-01T00:00:00.250Z'),
    ]);
    expect(names(sortRows(rows, 'availability', false))).toEqual(['b', 'a', 'none']);
    expect(names(sortRows(rows, 'availability', true))).toEqual(['a', 'b', 'none']);
    expect(names(sortRows(rows, 'longest', true))).toEqual(['b', 'a', 'none']);
    expect(names(sortRows(rows, 'last', true))).toEqual(['b', 'a', 'none']);
    expect(names(sortRows(rows, 'channel', true))).toEqual(['none', 'b', 'a']);
  });

  it('that read the same are sorted by outages, then by the last message', () => {
    const day = 86_400_000;
    const dead = (name: string, outages: number, last: string) => ({ ...channel(name, day - 1, day, last), outages });
    const rows = listOf([
      dead('early', 1, '2026-01-01T00:00:00Z'),
      dead('late', 1, '2026-01-01T09:00:00Z'),
      { ...dead('often', 2, '2026-01-01T00:00:00Z'), total_down_time: day - 200 },
    ]);
    expect(names(sortRows(rows, 'availability', false))).toEqual(['often', 'late', 'early']);
  });

  it('are folded if there are many: where there was no message, and then where there was hardly one', () => {
    const few = (prefix: string, ...[downtime, observed, last]: [number, number, string | null]) =>
      Array.from({ length: MOST_UNFOLDED }, (_, index) => channel(`${prefix}${index}`, downtime, observed, last));
    const [unknown, silent] = [few('unknown', 0, 0, null), few('silent', 1000, 1000, null)];
    const dead = few('dead', 999, 1000, '2026-01-01T00:00:00Z');
    const counted = (channels: Channel[], least?: number) => {
      const { shown, ...folded } = foldRows(listOf(channels), least);
      return [shown.length, ...Object.values(folded).map(({ length }) => length)];
    };
    expect(counted(silent)).toEqual([12, 0, 0, 0]);
    expect(counted([...unknown, ...silent, channel('web', 1)])).toEqual([1, 12, 12, 0]);
    // A dozen of them can be listed.
    expect(counted([...silent, ...dead.slice(1), channel('hardly', 990)])).toEqual([12, 0, 12, 0]);
    expect(counted([...silent, ...dead, channel('hardly', 990)])).toEqual([12, 0, 12, 1]);
    expect(counted([...silent, ...dead, channel('hardly', 990)], 0)).toEqual([1, 0, 12, 12]);
    expect(counted([...dead, channel('another', 999)])).toEqual([13, 0, 0, 0]);
    expect(counted([...dead, ...few('hardly', 990, 1000, '2026-01-01T00:00:00Z'), channel('web', 1)])).toEqual([
      ...[13, 0, 0, 12],
    ]);
    expect(names(foldRows(listOf([...dead, channel('hardly', 990)])).shown)).toContain('hardly');
  });

  it('say since when they are observed', () => {
    const late = { ...channel('late', 1, 3_600_000, '2026-01-01T23:00:00Z'), total_time: 86_400_000 };
    expect(listOf([late, channel('unknown', 0, 0)]).map(({ since }) => since)).toEqual([
      '2026-01-01T23:00:00Z',
      undefined,
    ]);
  });
});
