import i18next from 'i18next';
import { cutsOf, type Downtime } from '../availability/report';
import type { View } from '../availability/view';
import { datesOf } from '../time/period';
import { formatTime, formatWithin } from '../time/time.format';

/** Names the day of an outage once, unless the outage continues on the next day, and says where the period cuts it off. */
export function timesOf(downtime: Downtime, view: View) {
  const { start_time, end_time, ongoing, session_id } = downtime;
  const cuts = cutsOf(downtime, view.period);
  const [first, last] = [start_time, end_time].map(formatWithin(view, 'day'));
  const minuteOf = formatWithin(view, 'minute');
  const end = first === last ? formatTime(end_time, view.filters.zone, 'clock') : minuteOf(end_time);
  const start = minuteOf(start_time);
  return {
    start: cuts.start ? i18next.t('downtimes.before', { time: start }) : start,
    end: ongoing ? i18next.t('dashboard.ongoing') : cuts.end ? i18next.t('downtimes.after', { time: end }) : end,
    conversation: session_id,
  };
}

/** The date on which an outage began. */
export function dayOf({ start_time: start }: Downtime, { filters }: Pick<View, 'filters'>): string {
  return datesOf({ startMs: Date.parse(start), endMs: Date.parse(start) + 1 }, filters.zone).from;
}
