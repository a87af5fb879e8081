import { Temporal } from '../esm-only/temporal';
import { formatInstant } from './instant';

const MINUTE_MS = 60_000;

/**
 * Formats instants as times of a time zone. Consecutive instants that are close to each other are fast, since the
 * offset is looked up again only after a clock change.
 */
export class LocalInstants {
  private fromMs = Infinity;
  private untilMs = -Infinity;
  private offsetMinutes = 0;

  /** @param timeZone a name in the IANA database */
  constructor(private readonly timeZone: string) {}

  /**
   * Formats an instant with its offset, and with milliseconds only if they are not zero: `2023-01-15T11:30:00+01:00`.
   * Before there was standard time, zones had offsets with seconds, which ISO 8601 cannot express: such an offset is
   * rounded, and the time with it. A time whose local year is not between 1 and 9999 stays in UTC, with `Z`.
   */
  format(instant: Date): string {
    const offsetMinutes = this.offsetAt(instant.getTime());
    const local = new Date(instant.getTime() + offsetMinutes * MINUTE_MS);
    const year = local.getUTCFullYear();
    if (year < 1 || year > 9999) return formatInstant(instant);
    return formatInstant(local).replace('Z', formatOffset(offsetMinutes));
  }

  private offsetAt(instantMs: number): number {
    if (instantMs < this.fromMs || instantMs >= this.untilMs) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(this.timeZone);
      this.fromMs = instantMs;
      this.untilMs = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
      this.offsetMinutes = Math.round(zoned.offsetNanoseconds / 1e6 / MINUTE_MS);
    }
    return this.offsetMinutes;
  }
}

function formatOffset(offsetMinutes: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return `${offsetMinutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
