import { Temporal } from '../esm-only/temporal';

/** A time during which the clocks of a zone do not change. */
interface Span {
  startMs: number;
  endMs: number;
  offsetMs: number;
}

/**
 * The clocks of a time zone, which turn local times into instants by one rule that never goes back: a time that the clocks skip is
 * the moment of the change, and one that comes twice is its first pass. (Temporal's own rules do: they move a skipped time by the
 * length of the change.)
 */
export class LocalTime {
  private readonly spans: Span[] = [];
  private latest = 0;

  /**
   * @param timeZone a name in the IANA database
   * @param fromMs the local times that are asked for are not earlier than this instant, in milliseconds since 1970, less two days
   * @param toMs nor later than this one, plus two days
   */
  constructor(timeZone: string, fromMs: number, toMs: number) {
    const zoned = (instantMs: number) => Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
    let startMs = fromMs - 2 * DAY_MS;
    while (startMs <= toMs + 2 * DAY_MS) {
      const time = zoned(startMs);
      const endMs = time.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
      this.spans.push({ startMs, endMs, offsetMs: time.offsetNanoseconds / 1e6 });
      startMs = endMs;
    }
    this.spans[0]!.startMs = -Infinity;
    this.spans.at(-1)!.endMs = Infinity;
  }

  /**
   * The instant of a local time.
   *
   * @param localMs milliseconds since 1970, as if the local time were in UTC
   */
  toInstant(localMs: number): number {
    const { startMs, offsetMs } = this.firstSpan((span) => localMs - span.offsetMs < span.endMs);
    return Math.max(localMs - offsetMs, startMs);
  }

  /** The first midnight, as if it were in UTC, of the local day at an instant. */
  dayOf(instantMs: number): number {
    const { offsetMs } = this.firstSpan(({ endMs }) => instantMs < endMs);
    return Math.floor((instantMs + offsetMs) / DAY_MS) * DAY_MS;
  }

  /** The first span that reaches a time. Most times are near the one before, so it is looked for from there. */
  private firstSpan(reaches: (span: Span) => boolean): Span {
    while (this.latest > 0 && reaches(this.spans[this.latest - 1]!)) this.latest--;
    while (!reaches(this.spans[this.latest]!)) this.latest++;
    return this.spans[this.latest]!;
  }
}

export const DAY_MS = 86_400_000;
