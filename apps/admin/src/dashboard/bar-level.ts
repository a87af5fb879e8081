import type { Bucket } from '../api/availability';
import { levelOf } from '../format/availability.format';

/** What a bar stands for. */
export type BarLevel = 'met' | 'missed' | 'far' | 'none';

export const LEVEL_NAMES: Record<BarLevel, string> = {
  met: 'target met',
  missed: 'missed',
  far: 'missed by far',
  none: 'no data',
};

/** The level of one part of a trend. */
export function barLevel(bucket: Bucket, target: number): BarLevel {
  return bucket.availability_percentage === null ? 'none' : levelOf(bucket, target);
}
