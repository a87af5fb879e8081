import type { Query } from '@tanstack/react-query';
import { Problem } from './problem.error';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** What was said to take hours may be over in minutes. */
const LONGEST_ASKED_PAUSE_MS = 300_000;

/** How many errors each query had had when it last succeeded. */
const errorsBefore = new WeakMap<object, number>();

/**
 * Returns when to ask again. After a failure that is after a second, then after two, four, and so on up to thirty, so that a server
 * that comes back is noticed soon; or when the server says, but within five minutes.
 *
 * @param usualMs the interval between refreshes; false for none
 */
export function refreshAfterMs(query: Pick<Query<unknown>, 'state'>, usualMs: number | false): number | false {
  const { status, error, errorUpdateCount } = query.state;
  if (status !== 'error') {
    errorsBefore.set(query, errorUpdateCount);
    return usualMs;
  }
  const { kind, retryAfterSeconds } = Problem.from(error);
  if (kind === 'refused') return usualMs;
  if (retryAfterSeconds !== undefined) return Math.min(retryAfterSeconds * 1_000, LONGEST_ASKED_PAUSE_MS);
  const failures = errorUpdateCount - (errorsBefore.get(query) ?? 0);
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
}
