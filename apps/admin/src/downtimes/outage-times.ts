import i18next from 'i18next';
import { cutsOf, type Downtime, type Report } from '../availability/report';
import type { View } from '../availability/view';
import { localDays } from '../time/local-days';
import { divide, lengthOf } from '../time/parts';
import { formatTime, formatWithin } from '../time/time.format';
import { silentPartsOf } from './silent-parts';

type Source = Pick<Report, 'down_times' | 'closed_times'>;

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

/** Returns where the history shows an outage: the day to open, and the outage to mark. */
export function placeInHistory(downtime: Downtime, report: Source, zone: string) {
  return { day: dayOf(downtime, report, zone), outage: downtime.start_time };
}

/** The date with the largest part of an outage that counts; of equal parts, the first. */
export function dayOf(downtime: Downtime, report: Source, zone: string): string {
  const outage = report.down_times.indexOf(downtime);
  const parts = silentPartsOf(report).filter((part) => part.outage === outage);
  const days = localDays({ startMs: parts[0]!.startMs, endMs: parts.at(-1)!.endMs }, zone);
  const lengths = divide(parts, days).map(lengthOf);
  return days[lengths.indexOf(Math.max(...lengths))]!.date;
}
