import i18next from 'i18next';
import { cutsOf, type Downtime, periodsOf } from '../availability/report';
import type { View } from '../availability/view';
import { localDays } from '../time/local-days';
import type { Period } from '../time/period';
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

/** The date with the largest part of an outage; of equal parts, the first. */
export function dayOf(downtime: Downtime, { filters }: Pick<View, 'filters'>): string {
  const [period] = periodsOf([downtime]);
  const partOn = ({ startMs, endMs }: Period) => Math.min(endMs, period!.endMs) - Math.max(startMs, period!.startMs);
  return localDays(period!, filters.zone).reduce((one, other) => (partOn(other) > partOn(one) ? other : one)).date;
}
