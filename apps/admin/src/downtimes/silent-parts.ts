import { closedPeriods, periodsOf, type Report } from '../availability/report';
import { subtract } from '../time/parts';
import type { Period } from '../time/period';

/** Silent time that counts, and the outage that it belongs to. */
export interface SilentPart extends Period {
  /** Its place in the report's list. */
  outage: number;
}

type Source = Pick<Report, 'down_times' | 'closed_times'>;

const known = new WeakMap<Source, SilentPart[]>();

/**
 * Returns the time of a report's outages that counts: with opening hours, an outage can span a night that does not. There can be tens
 * of thousands, so what is derived once is kept as long as the report.
 */
export function silentPartsOf(report: Source): SilentPart[] {
  const parts = known.get(report) ?? subtract(periodsOf(report.down_times).map(numbered), closedPeriods(report));
  known.set(report, parts);
  return parts;
}

/** Counts the outages that parts belong to. The parts are in order of time, so those of one outage follow each other. */
export function countOutages(parts: readonly SilentPart[]): number {
  return parts.reduce((count, { outage }, index) => count + Number(outage !== parts[index - 1]?.outage), 0);
}

function numbered(period: Period, outage: number): SilentPart {
  return { ...period, outage };
}
