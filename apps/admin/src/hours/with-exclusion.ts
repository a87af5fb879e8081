import type { Exclusion, Schedule } from './schedule';

/**
 * Adds an exclusion to a schedule: to a channel's hours if it has its own, and otherwise to those of the organization. Without
 * a schedule, all other time goes on counting.
 *
 * @param channel null for the organization
 * @param zone of the schedule if there is none yet
 */
export function withExclusion(
  schedule: Schedule | undefined,
  exclusion: Exclusion,
  channel: string | null,
  zone: string,
): Schedule {
  const { channels = {}, ...organization } = schedule ?? { timezone: zone, versions: [{ hours: '24/7' }] };
  const own = channel !== null && Object.hasOwn(channels, channel) ? channels[channel] : undefined;
  const add = <Timetable extends { exclusions?: Exclusion[] }>(timetable: Timetable): Timetable => ({
    ...timetable,
    exclusions: [...(timetable.exclusions ?? []), exclusion],
  });
  if (own === undefined) return { ...add(organization), channels };
  return { ...organization, channels: { ...channels, [channel!]: add(own) } };
}
