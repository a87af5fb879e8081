/** How much more than the truth all lifted shares may show, as a share of the whole. */
export const MOST_LIFTED = 0.03;

/**
 * Lifts the shares of equal parts of a strip that are too small to be seen. A few become as long as they can; the more there are, the
 * less each is lifted, so that the whole never shows much more than there is.
 *
 * @param shares from 0 to 1
 */
export function visibleShares(shares: readonly number[]): number[] {
  const some = shares.filter((share) => share > 0).length;
  const least = Math.min(1, (MOST_LIFTED * shares.length) / some);
  return shares.map((share) => (share > 0 ? Math.max(share, least) : 0));
}
