import { errorBudgetMs } from '../availability/target';
import type { View } from '../availability/view';
import { shownTotalMs } from '../downtimes/downtime-length';
import { shownDifferenceMs } from '../time/duration.format';

/** An error budget, and what downtime has left of it. Milliseconds. */
export interface ErrorBudget {
  budgetMs: number;
  /** The difference of the two as the page writes them; negative if, and only if, the budget is exceeded. */
  leftMs: number;
}

/**
 * Returns the error budget of a view: of the whole month if the period is one or a month to date, and otherwise of the time that
 * messages tell something of. Only time that counts has a budget.
 */
export function budgetOf({ report, monthMs }: Pick<View, 'report' | 'monthMs'>, targetPercentage: number): ErrorBudget {
  const budgetMs = errorBudgetMs(monthMs ?? report.summary.observed_time, targetPercentage);
  const exactMs = budgetMs - report.total_down_time;
  const shownMs = shownDifferenceMs(budgetMs, shownTotalMs(report));
  return { budgetMs, leftMs: exactMs < 0 === shownMs < 0 ? shownMs : exactMs };
}
