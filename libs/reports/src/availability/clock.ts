/**
 * A clock that may stand still. Its readings are milliseconds since some instant: the difference of two readings is the
 * time in between that counts.
 */
export interface Clock {
  /** The reading at an instant, which is given in milliseconds since 1970. It never decreases. */
  read(instantMs: number): number;
  /** The first instant at which the clock has a reading. */
  earliest(reading: number): Date;
  /** The last instant at which the clock has a reading: where it stands still, the end of that time. */
  latest(reading: number): Date;
}

/** A clock that never stands still. */
export const WALL_CLOCK: Clock = {
  read: (instantMs) => instantMs,
  earliest: (reading) => new Date(reading),
  latest: (reading) => new Date(reading),
};

/** The time that counts between two instants, in milliseconds. */
export function elapsed(clock: Clock, start: Date, end: Date): number {
  return clock.read(end.getTime()) - clock.read(start.getTime());
}
