/** Something that is refreshed again and again. */
export interface Refreshed {
  /** The last time it was loaded. Milliseconds since 1970; 0 if it never was. */
  dataUpdatedAt: number;
  /** How often it is refreshed; undefined if nothing new is expected, so that it never gets old. */
  refreshMs: number | undefined;
}

/** One refresh may fail and another be slow. */
const MISSED_REFRESHES = 3;
const FIRST_LOAD_MS = 60_000;

/**
 * Finds since when a page has not been up to date.
 *
 * @returns the last time at which everything was loaded, 0 for never; undefined if the page is up to date
 */
export function outdatedSince(parts: Refreshed[], openedAtMs: number, nowMs: number): number | undefined {
  const outdated = parts.filter(({ dataUpdatedAt, refreshMs }) =>
    dataUpdatedAt === 0
      ? nowMs - openedAtMs > MISSED_REFRESHES * (refreshMs ?? FIRST_LOAD_MS)
      : nowMs - dataUpdatedAt > MISSED_REFRESHES * (refreshMs ?? Infinity),
  );
  return outdated.length === 0 ? undefined : Math.min(...outdated.map(({ dataUpdatedAt }) => dataUpdatedAt));
}
