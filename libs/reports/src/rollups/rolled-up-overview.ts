/** Assembles what an overview needs from stored days and from messages, in one snapshot. */

import type { Activity, ActivitySum, ByChannel, OverviewActivity } from '../messages/activity';
import type { MessageRange } from '../messages/message-scope';
import { findWithDays } from './rolled-up-activity';
import { findWithDaysByChannel, readStoredDays, type StoredDay, sumWithDaysByChannel } from './rolled-up-channels';
import type { Snapshot } from './snapshot';

/** Does what `MessageRepository.findOverview` does. */
export function findOverviewWithDays(snapshot: Snapshot, range: MessageRange): Promise<OverviewActivity<Activity>> {
  const plainly = () => snapshot.messages.findOverview(range, snapshot.terms.thresholdMs);
  return readBoth(snapshot, range, plainly, findWithDaysByChannel);
}

/** Does what `MessageRepository.sumOverview` does. */
export function sumOverviewWithDays(snapshot: Snapshot, range: MessageRange): Promise<OverviewActivity<ActivitySum>> {
  const plainly = () => snapshot.messages.sumOverview(range, snapshot.terms.thresholdMs);
  return readBoth(snapshot, range, plainly, sumWithDaysByChannel);
}

/** If no day is stored, a single statement answers everything and reads the messages only once. */
async function readBoth<Found>(
  snapshot: Snapshot,
  range: MessageRange,
  plainly: () => Promise<OverviewActivity<Found>>,
  readByChannel: (snapshot: Snapshot, range: MessageRange, stored: StoredDay[]) => Promise<ByChannel<Found>>,
): Promise<OverviewActivity<Found>> {
  const { days, usage } = snapshot;
  const stored = await readStoredDays(snapshot, range);
  if (stored.length === 0) {
    usage.days += days.until - days.from;
    return plainly();
  }
  const activity = await findWithDays(snapshot, range);
  const uncounted = { ...snapshot, usage: { days: 0, storedDays: 0 } };
  return { activity, byChannel: await readByChannel(uncounted, { ...range, channel: undefined }, stored) };
}
