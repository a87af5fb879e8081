import type { ChannelState, CurrentByChannel } from '../../availability/availability.report';
import { formatInstant } from '../../availability/instant';
import { formatOptional } from './availability.response';
import { HoursResponse } from './hours.response';

/** Whether chat is up now on one channel. */
export class ChannelStateResponse {
  channel!: string;
  /**
   * `down` if the last message is older than the threshold, `no_data` if none of its messages counts yet, and `closed`
   * outside the opening hours if `hours` are given.
   */
  state!: 'up' | 'down' | 'closed' | 'no_data';
  /** If up, the last message; if down, the start of the downtime; if closed, when the hours ended. ISO 8601 in UTC, or null. */
  since!: string | null;
  /** ISO 8601 in UTC; null without data. */
  last_message_at!: string | null;
  /** Only if closed: when the opening hours begin again. ISO 8601 in UTC; null if they do not within a year. */
  opens_at?: string | null;
  /** Only with `hours=scheduled`, for a channel with hours of its own. */
  hours?: HoursResponse;

  static of(current: ChannelState): ChannelStateResponse {
    const { channel, state } = current;
    const own = current.hours && { hours: HoursResponse.of(current.hours) };
    if (state === 'no_data') return { channel, state, since: null, last_message_at: null, ...own };
    return {
      channel,
      state,
      since: formatOptional(current.since),
      last_message_at: formatInstant(current.lastMessageAt),
      ...(current.state === 'closed' && { opens_at: formatOptional(current.opensAt) }),
      ...own,
    };
  }
}

/** Whether chat is up now on each channel of an organization. */
export class CurrentChannelsResponse {
  /** Only with `hours`: those of the organization. */
  hours?: HoursResponse;
  /** Sorted by name; empty for an organization without messages. */
  channels!: ChannelStateResponse[];

  static of({ hours, channels }: CurrentByChannel): CurrentChannelsResponse {
    return {
      ...(hours && { hours: HoursResponse.of(hours) }),
      channels: channels.map((channel) => ChannelStateResponse.of(channel)),
    };
  }
}
