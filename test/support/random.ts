import { randomNumbers } from '../../src/sample/random-numbers';

/** Random choices that are the same for the same seed. */
export class Random {
  /** Returns a number from 0 to below 1. */
  readonly fraction: () => number;

  constructor(readonly seed: number) {
    this.fraction = randomNumbers(seed);
  }

  /** A whole number from 0 to below a limit. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  choose<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}
