/** The time between two instants. */
export interface Period {
  start: Date;
  /** Later than `start`. */
  end: Date;
}

/** Length of a period in milliseconds. */
export function durationOf({ start, end }: Period): number {
  return end.getTime() - start.getTime();
}

/** The earlier of two instants. */
export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

/** The later of two instants. */
export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
