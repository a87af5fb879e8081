import type { Bucket } from '../availability/report';
import { levelOf } from '../availability/target';

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

/** The lowest bar that is seen. */
const LEAST_HEIGHT = 0.1;

/**
 * Draws the buckets of a trend as bars: the height of each is the square root of its silent share, so that the small shares of a chat
 * that is usually up can be told apart.
 *
 * @param target percent
 */
export function sparkShape(buckets: Bucket[], target: number): SparkShape {
  const shape = { known: '', allowed: '', missed: '' };
  const counts = { all: buckets.length, known: 0, missed: 0 };
  const width = 1 / buckets.length;
  buckets.forEach(({ observed_time: observed, total_down_time }, index) => {
    const draw = (height: number) =>
      `M${round(index * width)} ${round(1 - height)}h${round(width)}V1h-${round(width)}z`;
    if (observed === 0) return;
    counts.known++;
    shape.known += draw(1);
    if (total_down_time === 0) return;
    const isMissed = levelOf({ total_time: observed, total_down_time }, target) !== 'met';
    if (isMissed) counts.missed++;
    shape[isMissed ? 'missed' : 'allowed'] += draw(Math.max(LEAST_HEIGHT, Math.sqrt(total_down_time / observed)));
  });
  return { ...shape, counts };
}

function round(length: number): number {
  return Number(length.toFixed(5));
}
