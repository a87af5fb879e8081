import { Temporal } from 'temporal-polyfill';

/** Offsets rarely change, and never twice in a quarter of an hour. */
const SLOT_MS = 900_000;

/** Converts local times of a time zone to instants, fast if each is close to the one before. */
export class LocalClock {
  private slot = NaN;
  private slotInstantMs = NaN;
  private hasOneOffset = false;

  /** @param timeZone a name in the IANA database */
  constructor(private readonly timeZone: string) {}

  /**
   * If a time occurs twice because clocks are set back, the first occurrence is taken. If it does not occur because
   * they are set forward, it is moved forward as well: 02:30 becomes 03:30.
   *
   * @param localMs the time, in milliseconds since 1970 as if it were UTC
   * @returns milliseconds since 1970
   */
  toInstant(localMs: number): number {
    const slot = Math.floor(localMs / SLOT_MS);
    if (slot !== this.slot) {
      this.slot = slot;
      this.slotInstantMs = this.find(slot * SLOT_MS);
      this.hasOneOffset = this.find((slot + 1) * SLOT_MS) - this.slotInstantMs === SLOT_MS;
    }
    return this.hasOneOffset ? this.slotInstantMs + localMs - slot * SLOT_MS : this.find(localMs);
  }

  private find(localMs: number): number {
    const local = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime();
    return local.toZonedDateTime(this.timeZone).epochMilliseconds;
  }
}
