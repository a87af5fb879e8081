import type { View } from '../availability/view';
import { budgetOf } from './error-budget';

/** A view with a single outage from 10:00:00.900 to 10:07:02.100, which reads 7m 2s. */
function viewOf(observed_time: number, monthMs?: number): View {
  const times = { start_time: '2023-01-15T10:00:00.900Z', end_time: '2023-01-15T10:07:02.100Z' };
  const down_times = [{ ...times, duration: 421_200, session_id: 's1' }];
  return { report: { down_times, total_down_time: 421_200, summary: { observed_time } }, monthMs } as View;
}

describe('what is left of an error budget', () => {
  it('is the difference of what the two read', () => {
    expect(budgetOf(viewOf(86_400_000), 99)).toEqual({ budgetMs: 864_000, leftMs: 442_000 });
    expect(budgetOf(viewOf(1, 86_400_000), 99).budgetMs).toBe(864_000);
  });

  it('is never below zero while the budget holds, however the outage reads', () => {
    expect(budgetOf(viewOf(42_150_000), 99)).toEqual({ budgetMs: 421_500, leftMs: 300 });
    expect(budgetOf(viewOf(42_100_000), 99).leftMs).toBeLessThan(0);
  });
});
