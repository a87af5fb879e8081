import type { Clock } from '../availability/clock';
import type { Period } from '../availability/period';

/** A clock that runs while a team is open, and stands still while it is closed. */
export class OpenClock implements Clock {
  private readonly opens: number[];
  private readonly closes: number[];
  /** The reading when each interval begins. */
  private readonly readings: number[] = [];

  /**
   * @param intervals open time: in order of time, and apart from each other. The clock stands still before and after them
   * @param period the instants that may be asked for; a reading is reached at the earliest at its start, at the latest at its end
   */
  constructor(
    intervals: Period[],
    private readonly period: Period,
  ) {
    this.opens = intervals.map(({ start }) => start.getTime());
    this.closes = intervals.map(({ end }) => end.getTime());
    let reading = 0;
    for (const [index, open] of this.opens.entries()) {
      this.readings.push(reading);
      reading += this.closes[index]! - open;
    }
  }

  read(instantMs: number): number {
    const index = lastAtMost(this.opens, instantMs);
    if (index === -1) return 0;
    return this.readings[index]! + Math.min(instantMs, this.closes[index]!) - this.opens[index]!;
  }

  earliest(reading: number): Date {
    // The interval in which the reading is reached, of which none begins with it.
    const index = lastAtMost(this.readings, reading - 1);
    if (index === -1) return this.period.start;
    return new Date(this.opens[index]! + reading - this.readings[index]!);
  }

  latest(reading: number): Date {
    const index = lastAtMost(this.readings, reading);
    const instantMs = index === -1 ? Infinity : this.opens[index]! + reading - this.readings[index]!;
    // After the last interval the clock stands still for good.
    return index === -1 || instantMs >= this.closes[index]! ? this.period.end : new Date(instantMs);
  }

  /** Whether the clock runs at an instant. */
  isOpen(instant: Date): boolean {
    const index = lastAtMost(this.opens, instant.getTime());
    return index !== -1 && instant.getTime() < this.closes[index]!;
  }
}

/** The index of the last of sorted values that is at most a limit; -1 if there is none. */
function lastAtMost(values: number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
