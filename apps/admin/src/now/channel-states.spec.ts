import { type ChannelState, chipsOf } from './channel-states';

function channel(name: string, state: ChannelState['state'], since: string | null = null): ChannelState {
  return { channel: name, state, since, last_message_at: since };
}

describe('chipsOf', () => {
  const named = (channels: ChannelState[]) => chipsOf(channels).chips.map(({ channel: name }) => name);

  it('puts silent channels first, and of them the one that went silent last', () => {
    const channels = [
      channel('closed', 'closed'),
      channel('fax', 'down', '2020-01-01T00:00:00Z'),
      channel('new', 'no_data'),
      channel('web', 'up', '2026-01-02T00:00:00Z'),
      // As text, this would be later than the one below.
      channel('sms', 'down', '2026-01-01T00:00:00Z'),
      channel('whatsapp', 'down', '2026-01-01T00:00:00.250Z'),
    ];
    expect(named(channels)).toEqual(['whatsapp', 'sms', 'fax', 'web', 'closed', 'new']);
    expect(chipsOf(channels)).toMatchObject({ silent: 3, closed: 1, fine: 1, hiddenSilent: 0, isCounted: false });
  });

  it('counts beyond a dozen, and names the silent ones only', () => {
    const fine = Array.from({ length: 518 }, (_, index) => channel(`fine-${index}`, 'up'));
    const silent = ['a', 'b', 'c'].map((name, day) => channel(name, 'down', `2026-01-0${day + 1}T00:00:00Z`));
    expect(named([...fine, ...silent])).toEqual(['c', 'b', 'a']);
    expect(chipsOf([...fine, ...silent])).toMatchObject({ silent: 3, fine: 518, hiddenSilent: 0, isCounted: true });
  });

  it('has no more than four chips of many', () => {
    const silent = Array.from({ length: 20 }, (_, index) => channel(`silent-${index}`, 'down', '2026-01-01T00:00:00Z'));
    expect(named(silent)).toHaveLength(4);
    expect(chipsOf(silent)).toMatchObject({ silent: 20, hiddenSilent: 16 });
    expect(chipsOf(silent.slice(0, 12))).toMatchObject({ hiddenSilent: 0, isCounted: false });
  });
});
