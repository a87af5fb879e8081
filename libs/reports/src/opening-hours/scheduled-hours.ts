import type { OpeningHours } from './opening-hours';

/**
 * Finds the opening hours that are kept for an organization, or for one of its channels. A channel without hours of its own has
 * those of its organization, for which the function is then called without a channel.
 */
export type OpeningHoursProvider = (
  organizationId: string,
  channel?: string,
) => OpeningHours | undefined | Promise<OpeningHours | undefined>;

/** Injection token of the function; without one, nobody has hours. */
export const OPENING_HOURS_PROVIDER = Symbol('OPENING_HOURS_PROVIDER');

/** Asks for the hours that are kept. */
export const SCHEDULED = 'scheduled';

/** Scheduled hours were asked for, but none are kept. */
export class NoOpeningHoursError extends Error {
  constructor(organizationId: string) {
    super(
      `There are no opening hours for organization ${organizationId}; pass hours such as Mo-Fr 09:00-18:00 instead`,
    );
    this.name = new.target.name;
  }
}
