import type { Channel } from '../../availability/availability.service';
import { formatOptional } from './availability.response';

/** A channel that the organization has ever had. */
export class ListedChannelResponse {
  channel!: string;
  /** ISO 8601 in UTC; null if none of its messages counts yet. */
  first_message_at!: string | null;
  /** ISO 8601 in UTC; null if none of its messages counts yet. */
  last_message_at!: string | null;
}

/** The channels of an organization. */
export class ChannelsResponse {
  /** Sorted by name; empty for an organization without messages. */
  channels!: ListedChannelResponse[];

  static of(channels: Channel[]): ChannelsResponse {
    return {
      channels: channels.map(({ channel, firstMessageAt, lastMessageAt }) => ({
        channel,
        first_message_at: formatOptional(firstMessageAt),
        last_message_at: formatOptional(lastMessageAt),
      })),
    };
  }
}
