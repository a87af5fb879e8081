import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import { datesOf } from '../time/period';
import { readPeriodEnd } from '../time/period-end';
import { formatTime } from '../time/time.format';

/** Names the period of a view within a sentence: `in November 2026`, `in the last 30 days`. */
export function usePeriodName({ period, month, filters }: View): string {
  const { t } = useTranslation();
  const { zone } = filters;
  if (month) return t('dashboard.inMonth', { month: formatTime(month.startMs, zone, 'month') });
  if (filters.period === 'today') return t('dashboard.today');
  if (filters.period.endsWith('-days')) return t('dashboard.lastDays', { count: Number.parseInt(filters.period) });
  const isByDate = !filters.from?.includes('T') && !filters.to?.includes('T');
  const { from, to } = datesOf(period, zone);
  const [first, last] = isByDate
    ? [from, to].map((date) => formatTime(readPeriodEnd(date, zone)!.startMs, zone, 'date'))
    : [period.startMs, period.endMs].map((ms) => formatTime(ms, zone, 'minute'));
  return first === last ? t('dashboard.onDay', { day: first }) : t('dashboard.fromTo', { from: first, to: last });
}
