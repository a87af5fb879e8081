/** A line of a file cannot be imported. */
export class LineError extends Error {
  constructor(
    /** Counted from 1. */
    readonly line: number,
    reason: string,
    readonly column?: string,
  ) {
    super(reason);
  }
}
