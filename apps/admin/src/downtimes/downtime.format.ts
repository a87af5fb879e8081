import i18next from 'i18next';
import type { Downtime } from '../availability/report';
import type { View } from '../availability/view';
import { formatExactDuration } from '../time/duration.format';
import { formatTime, formatWithin } from '../time/time.format';
import { shownLengthMs } from './downtime-length';

/** Where an outage is listed. */
interface Place {
  view: Pick<View, 'period' | 'filters'>;
  /** The day that is known there, so that its instants are clock times. */
  isOnDay?: (time: string | number) => boolean;
}

/** Formats when a downtime began: `before …` if the start of the period cuts it off. */
export function formatStart({ start_time: start }: Downtime, place: Place): string {
  const time = formatInstant(start, place);
  return Date.parse(start) === place.view.period.startMs ? i18next.t('downtimes.before', { time }) : time;
}

/** Formats when a downtime ended: `after …` if the end of the period cuts it off, `not yet` if it is ongoing. */
export function formatEnd({ end_time: end, ongoing }: Downtime, place: Place): string {
  if (ongoing) return i18next.t('downtimes.notYet');
  const time = formatInstant(end, place);
  return Date.parse(end) === place.view.period.endMs ? i18next.t('downtimes.after', { time }) : time;
}

/** Formats how long a downtime is: to the second, as its start and end are written. */
export function formatLength(downtime: Downtime): string {
  return formatExactDuration(shownLengthMs(downtime));
}

/** Formats a downtime in one line: start, end, length and conversation. */
export function formatDowntime(downtime: Downtime, view: View): string {
  const [start, end] = [formatStart(downtime, { view }), formatEnd(downtime, { view })];
  const values = { start, end, duration: formatLength(downtime), conversation: downtime.session_id };
  return i18next.t('downtimes.line', values);
}

/** Formats an instant of an outage: without the day where that is known. */
export function formatInstant(time: string | number, { view, isOnDay }: Place): string {
  return isOnDay?.(time) ? formatTime(time, view.filters.zone, 'exact-clock') : formatWithin(view, 'second')(time);
}
