import { closureAt } from '../opening-hours/closure';
import type { OpeningHours } from '../opening-hours/opening-hours';
import { clockFor } from './availability.measurement';
import type { StateSince } from './availability.report';
import { earlier } from './period';

/**
 * Judges whether chat is up at an instant, by the last message of a scope.
 *
 * The open intervals are computed once, however many scopes are judged, because computing years of them takes a while.
 *
 * @param hours chat is closed outside these hours; undefined: all time counts
 * @param asOf the instant that counts as now
 * @param lastMessages the last messages of all scopes to be judged
 * @returns a function that judges one scope
 */
export function stateAt(
  hours: OpeningHours | undefined,
  asOf: Date,
  thresholdMs: number,
  lastMessages: Date[],
): (lastMessageAt: Date) => StateSince {
  const closure = hours && closureAt(hours, asOf);
  if (closure) return () => ({ state: 'closed', since: closure.closedSince, opensAt: closure.opensAt });
  const clock = clockFor(hours, { start: lastMessages.reduce(earlier, asOf), end: asOf });
  return (lastMessageAt) => {
    const down = clock.read(lastMessageAt.getTime()) + thresholdMs;
    if (clock.read(asOf.getTime()) <= down) return { state: 'up', since: lastMessageAt };
    return { state: 'down', since: clock.latest(down) };
  };
}
