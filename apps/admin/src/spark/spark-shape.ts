import type { Bucket } from '../availability/report';
import { levelOf } from '../availability/target';
import { visibleShares } from './visible-shares';

/** SVG paths of a strip that is 1 wide and 1 high: time runs to the right. */
export interface SparkShape {
  /** Parts of the period with observations. */
  known: string;
  /** Silence that the target allows. */
  allowed: string;
  /** Silence in parts that miss the target. */
  missed: string;
  counts: { all: number; known: number; missed: number };
}

/** At most how high a mark is that is lifted. */
const LIFTED_HEIGHT = 0.2;

/** Draws the buckets of a trend as bars: the silence of each is as high as its share, and high enough to be seen. The target is in percent. */
export function sparkShape(buckets: Bucket[], target: number): SparkShape {
  const shape = { known: '', allowed: '', missed: '' };
  const counts = { all: buckets.length, known: 0, missed: 0 };
  const width = 1 / buckets.length;
  const shares = visibleShares(
    buckets.map(({ observed_time: observed, total_down_time: silent }) => (observed === 0 ? 0 : silent / observed)),
    LIFTED_HEIGHT,
  );
  buckets.forEach((bucket, index) => {
    const { observed_time: observed, total_down_time } = bucket;
    const draw = (share: number) => `M${round(index * width)} ${round(1 - share)}h${round(width)}V1h-${round(width)}z`;
    if (observed === 0) return;
    counts.known++;
    shape.known += draw(1);
    if (total_down_time === 0) return;
    const isMissed = levelOf({ total_time: observed, total_down_time }, target) !== 'met';
    if (isMissed) counts.missed++;
    shape[isMissed ? 'missed' : 'allowed'] += draw(shares[index]!);
  });
  return { ...shape, counts };
}

function round(length: number): number {
  return Number(length.toFixed(5));
}
