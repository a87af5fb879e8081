import { BadRequestException } from '@nestjs/common';
import type { Period } from '../../availability/period';

/** Injection token of the limits. */
export const REPORT_LIMITS = Symbol('REPORT_LIMITS');

/** What one HTTP request or one client may use. `Infinity` is no limit. Calls of `AvailabilityService` are not limited. */
export interface ReportLimits {
  /** Longest range in days; default 1,827, which is five years. */
  rangeDays?: number;
  /**
   * Maximum number of downtimes, buckets or channels in a JSON response; default 50,000. A report in any form reads
   * five times as many gaps.
   */
  rows?: number;
  /**
   * Maximum number of reports that are computed or sent at once for a principal, and for an organization. A few more
   * wait their turn. Default: a third of the connections in the data source's pool.
   */
  concurrency?: number;
}

const DAY_MS = 86_400_000;

const GAPS_PER_ROW = 5;

/**
 * Completes the limits.
 *
 * @param poolSize connections in the pool of the data source
 */
export function completeLimits(limits: ReportLimits, poolSize: number): Required<ReportLimits> {
  const { rangeDays = 1_827, rows = 50_000, concurrency = Math.max(1, Math.floor(poolSize / 3)) } = limits;
  return { rangeDays, rows, concurrency };
}

/** @throws BadRequestException if the range is too long */
export function checkRange({ start, end }: Period, { rangeDays }: Required<ReportLimits>): void {
  if (end.getTime() - start.getTime() <= rangeDays * DAY_MS) return;
  throw new BadRequestException([
    `endDate must be at most ${rangeDays} days after startDate: request a longer range in parts`,
  ]);
}

/** The maximum number of gaps that a report may read, however few it lists: each takes about a kilobyte of memory. */
export function maximumGaps({ rows }: Required<ReportLimits>): number {
  return GAPS_PER_ROW * rows;
}

/**
 * @param alternative what to request instead of a shorter range
 * @throws BadRequestException if a JSON response, or a part of one, would list too many rows
 */
export function checkRows(
  count: number,
  { rows }: Required<ReportLimits>,
  alternative = 'or CSV with format=csv',
): void {
  if (count <= rows) return;
  throw new BadRequestException([
    `The response would have ${count} rows, and JSON at most ${rows}: choose a shorter range, ${alternative}`,
  ]);
}
