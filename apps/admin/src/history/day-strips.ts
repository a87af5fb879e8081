import { closedPeriods, type Report } from '../availability/report';
import { countOutages, type SilentPart, silentPartsOf } from '../downtimes/silent-parts';
import type { LocalDay } from '../time/local-days';
import type { Period } from '../time/period';
import { divide, lengthOf, subtract } from '../time/parts';

/** What is known of a day. Parts are in order of time and clipped to the day. */
export interface DayStrip {
  day: LocalDay;
  silent: SilentPart[];
  /** Outside the opening hours, or excluded. */
  closed: Period[];
  /** Time of the period that no message tells of, as before the first one. */
  unknown: Period[];
  /** Time that counts and is observed. */
  observed: Period[];
  silentMs: number;
  observedMs: number;
  /** Outages with silent time on this day. */
  outages: number;
}

/** What strips are made of. */
export interface StripSource {
  report: Pick<Report, 'down_times' | 'closed_times' | 'summary' | 'total_time'>;
  period: Period;
  edges: 'count' | 'ignore';
}

/** A difference between two clocks that is no unknown time. */
const TOLERANCE_MS = 120_000;

/** Returns the strip of each day of a report. */
export function stripsOf(source: StripSource, days: LocalDay[]): DayStrip[] {
  const { report, period } = source;
  const closed = closedPeriods(report);
  const known = knownPart(source);
  const parts = {
    silent: divide(silentPartsOf(report), days),
    closed: divide(closed, days),
    unknown: divide(subtract([period], known), days),
    observed: divide(subtract(known, closed), days),
  };
  return days.map((day, index) => {
    const [silent, observed] = [parts.silent[index]!, parts.observed[index]!];
    return {
      day,
      silent,
      observed,
      closed: parts.closed[index]!,
      unknown: parts.unknown[index]!,
      silentMs: lengthOf(silent),
      observedMs: lengthOf(observed),
      outages: countOutages(silent),
    };
  });
}

/** Returns the part of a period for which messages show whether chat was up; none if there is none. */
function knownPart({ report, period, edges }: StripSource): Period[] {
  const { summary, down_times: downtimes, total_time: totalTime } = report;
  if (summary.observed_time === 0) return [];
  const first = summary.first_message_at === null ? period.startMs : Date.parse(summary.first_message_at);
  if (edges === 'ignore') {
    return [{ startMs: first, endMs: Math.max(first, Date.parse(summary.last_message_at ?? '') || first) }];
  }
  const isDownFromStart = downtimes.length > 0 && Date.parse(downtimes[0]!.start_time) === period.startMs;
  const isWhole = isDownFromStart || totalTime - summary.observed_time <= TOLERANCE_MS;
  return [{ startMs: isWhole ? period.startMs : first, endMs: period.endMs }];
}
