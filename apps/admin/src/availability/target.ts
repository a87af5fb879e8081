import type { Share } from './availability.format';

/**
 * Returns the error budget: how much downtime a target allows. Milliseconds.
 *
 * @param targetPercentage above 0, up to 100, with at most three decimals
 */
export function errorBudgetMs(totalTimeMs: number, targetPercentage: number): number {
  // In whole thousandths of a percent, since 100 - 99.9 is 0.09999999999999432 in doubles.
  return Math.round((totalTimeMs * (100_000 - Math.round(targetPercentage * 1000))) / 100_000);
}

/** Compares an availability with a target. `far` means that downtime is at least ten times the error budget. */
export function levelOf(share: Share, targetPercentage: number): 'met' | 'missed' | 'far' {
  const budgetMs = errorBudgetMs(share.total_time, targetPercentage);
  if (share.total_down_time <= budgetMs) return 'met';
  return share.total_down_time < 10 * budgetMs ? 'missed' : 'far';
}
