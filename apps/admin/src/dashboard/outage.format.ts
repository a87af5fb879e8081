import type { Outage, View } from '../api/availability';
import { formatDuration, formatTime } from '../format/time.format';

/** When an outage began. One that the period cuts began earlier. */
export function formatStart({ start_time: start }: Outage, { period, filters }: View): string {
  const text = formatTime(start, filters.zone);
  return Date.parse(start) === period.startMs ? `before ${text}` : text;
}

/** When an outage ended. One that the period cuts ended later, or has not. */
export function formatEnd({ end_time: end, ongoing }: Outage, { period, filters }: View): string {
  if (ongoing) return 'not yet';
  const text = formatTime(end, filters.zone);
  return Date.parse(end) === period.endMs ? `after ${text}` : text;
}

/** An outage in one line. */
export function describeOutage(outage: Outage, view: View): string {
  const [start, end] = [formatStart(outage, view), formatEnd(outage, view)];
  return `${start} – ${end}: ${formatDuration(outage.duration)}, session ${outage.session_id}`;
}
