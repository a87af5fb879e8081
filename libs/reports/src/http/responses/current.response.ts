import type { CurrentAvailability } from '../../availability/availability.report';
import { formatInstant } from '../../availability/instant';
import { formatOptional } from './availability.response';
import { HoursResponse } from './hours.response';

/** Whether chat is up now. */
export class CurrentResponse {
  /**
   * `down` if the last message is older than the threshold, `no_data` if there has never been one, and `closed` outside
   * the opening hours if `hours` are given.
   */
  state!: 'up' | 'down' | 'closed' | 'no_data';
  /** If up, the last message; if down, the start of the downtime; if closed, when the hours ended. ISO 8601 in UTC, or null. */
  since!: string | null;
  /** ISO 8601 in UTC; null without data. */
  last_message_at!: string | null;
  /** Session of the last message; null without data. */
  session_id!: string | null;
  /** Only if closed: when the opening hours begin again. ISO 8601 in UTC; null if they do not within a year. */
  opens_at?: string | null;
  /** Only with `hours`. */
  hours?: HoursResponse;

  static of(current: CurrentAvailability): CurrentResponse {
    const asked = current.hours && { hours: HoursResponse.of(current.hours) };
    if (current.state === 'no_data')
      return { state: 'no_data', since: null, last_message_at: null, session_id: null, ...asked };
    return {
      state: current.state,
      since: formatOptional(current.since),
      last_message_at: formatInstant(current.lastMessageAt),
      session_id: current.sessionId,
      ...(current.state === 'closed' && { opens_at: formatOptional(current.opensAt) }),
      ...asked,
    };
  }
}
