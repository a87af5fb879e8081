/** How long a comparison of the clocks is valid: in that time, they drift apart by less than a millisecond. */
const VALID_MS = 10_000;

/** The clock of the database at a reading of this process's monotonic clock, both in milliseconds. */
interface Comparison {
  databaseMs: number;
  monotonicMs: number;
}

/**
 * The clock of the database. All instances of an application share it, and messages usually get their times from it;
 * the clock of this process may be wrong.
 */
export class DatabaseClock {
  private comparing?: Promise<Comparison>;
  private validUntilMs = -Infinity;

  /**
   * @param readMs reads the clock, in milliseconds since 1970
   */
  constructor(private readonly readMs: () => Promise<number>) {}

  /**
   * The time that the clock shows now, to the millisecond. The clock is read every ten seconds and extrapolated in
   * between.
   *
   * @throws what `readMs` throws
   */
  async now(): Promise<Date> {
    if (performance.now() >= this.validUntilMs) this.comparing = undefined;
    this.comparing ??= this.compare();
    const { databaseMs, monotonicMs } = await this.comparing;
    return new Date(databaseMs + Math.floor(performance.now() - monotonicMs));
  }

  private async compare(): Promise<Comparison> {
    this.validUntilMs = performance.now() + VALID_MS;
    try {
      return { databaseMs: Math.floor(await this.readMs()), monotonicMs: performance.now() };
    } catch (error) {
      this.comparing = undefined;
      throw error;
    }
  }
}
