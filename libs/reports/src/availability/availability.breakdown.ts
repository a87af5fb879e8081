/** Turns what was found for an organization and each of its channels into reports. */

import type { Activity, ActivitySum, ByChannel } from '../messages/activity';
import type { OpeningHours } from '../opening-hours/opening-hours';
import { countDowntimes, measureReport, reportOfSum, type Terms } from './availability.measurement';
import type { AvailabilityBreakdown, CountingReport } from './availability.report';

/** Makes a breakdown from gaps that have been added up, which is possible only if all time counts. */
export function breakdownOfSums(
  terms: Omit<Terms, 'hours'>,
  { whole, channels }: ByChannel<ActivitySum>,
): AvailabilityBreakdown {
  return {
    whole: reportOfSum(terms, whole),
    channels: worstFirst(channels.map(({ channel, found }) => ({ channel, report: reportOfSum(terms, found) }))),
  };
}

/**
 * Makes a breakdown from single gaps, for opening hours: how much of a gap is open time depends on when it is.
 *
 * @param findOwnHours finds the hours of a channel; returns undefined if it has none of its own, so that those of
 * `terms` count
 */
export async function breakdownOfGaps(
  terms: Terms,
  { whole, channels }: ByChannel<Activity>,
  findOwnHours: (channel: string) => Promise<OpeningHours | undefined>,
): Promise<AvailabilityBreakdown> {
  const measure = (own: Activity, hours = terms.hours) =>
    countDowntimes(measureReport({ ...terms, hours }, own).report);
  const reports = channels.map(async ({ channel, found }) => ({
    channel,
    report: measure(found, await findOwnHours(channel)),
  }));
  return { whole: measure(whole), channels: worstFirst(await Promise.all(reports)) };
}

/** The sort is stable, so channels that are equally bad stay sorted by name. */
function worstFirst(channels: { channel: string; report: CountingReport }[]) {
  const rank = ({ report }: { report: CountingReport }) => report.observedAvailabilityPercentage ?? Infinity;
  return channels.sort((one, other) => rank(one) - rank(other));
}
