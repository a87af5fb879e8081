import { BadRequestException } from '@nestjs/common';
import { MAXIMUM_CHANGES } from './schedule.service';

/**
 * Reads how many changes of a schedule are to be listed; all that there may be if nothing is said.
 *
 * @throws BadRequestException if it is no whole number from 1 to 100
 */
export function readHistoryLimit(limit: unknown): number {
  if (limit === undefined) return MAXIMUM_CHANGES;
  const count = typeof limit === 'string' && /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > MAXIMUM_CHANGES)
    throw new BadRequestException(`limit must be a whole number from 1 to ${MAXIMUM_CHANGES}`);
  return count;
}
