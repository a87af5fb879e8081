/** The two times that make an availability. Milliseconds. */
export interface Share {
  total_time: number;
  total_down_time: number;
}

/**
 * An availability in percent with three decimals, rounded down, so that 100 % means no downtime at all. Computed from whole
 * milliseconds: the quotient as a double may lie below a decimal that it stands for.
 */
export function formatAvailability({ total_time, total_down_time }: Share): string {
  const thousandths = Number((BigInt(total_time - total_down_time) * 100_000n) / BigInt(total_time));
  return `${(thousandths / 1000).toFixed(total_down_time === 0 ? 0 : 3)} %`;
}

/** Downtime that a target still allows. Milliseconds; below zero when it is exceeded. */
export function budgetLeftMs({ total_time, total_down_time }: Share, targetPercentage: number): number {
  return budgetMs(total_time, targetPercentage) - total_down_time;
}

/** Downtime that a target allows in a time. Milliseconds. */
export function budgetMs(totalTimeMs: number, targetPercentage: number): number {
  // Percent with three decimals are whole thousandths, which keeps 100 - 99.9 from being 0.09999999999999432.
  return Math.round((totalTimeMs * (100_000 - Math.round(targetPercentage * 1000))) / 100_000);
}

/** How an availability stands to a target: `far` below it is ten times its downtime or more. */
export function levelOf(share: Share, targetPercentage: number): 'met' | 'missed' | 'far' {
  const allowedMs = budgetMs(share.total_time, targetPercentage);
  if (share.total_down_time <= allowedMs) return 'met';
  return share.total_down_time < 10 * allowedMs ? 'missed' : 'far';
}
