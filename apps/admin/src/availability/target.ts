import { shownDifferenceMs } from '../time/duration.format';
import type { Share } from './availability.format';
import type { View } from './view';

/**
 * Returns the error budget: how much downtime a target allows. Milliseconds.
 *
 * @param targetPercentage above 0, up to 100, with at most three decimals
 */
export function errorBudgetMs(totalTimeMs: number, targetPercentage: number): number {
  // In whole thousandths of a percent, since 100 - 99.9 is 0.09999999999999432 in doubles.
  return Math.round((totalTimeMs * (100_000 - Math.round(targetPercentage * 1000))) / 100_000);
}

/** An error budget, and what downtime has left of it. Milliseconds. */
export interface ErrorBudget {
  budgetMs: number;
  /** The difference of the two as the page writes them; negative if the budget is exceeded. */
  leftMs: number;
}

/**
 * Returns the error budget of a view: of the whole month if the period is one or a month to date, and otherwise of the time that
 * messages tell something of. Only time that counts has a budget.
 */
export function budgetOf({ report, monthMs }: Pick<View, 'report' | 'monthMs'>, targetPercentage: number): ErrorBudget {
  const budgetMs = errorBudgetMs(monthMs ?? report.summary.observed_time, targetPercentage);
  return { budgetMs, leftMs: shownDifferenceMs(budgetMs, report.total_down_time) };
}

/** Compares an availability with a target. `far` means that downtime is at least ten times the error budget. */
export function levelOf(share: Share, targetPercentage: number): 'met' | 'missed' | 'far' {
  const budgetMs = errorBudgetMs(share.total_time, targetPercentage);
  if (share.total_down_time <= budgetMs) return 'met';
  return share.total_down_time < 10 * budgetMs ? 'missed' : 'far';
}
