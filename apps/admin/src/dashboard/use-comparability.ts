import { useTranslation } from 'react-i18next';
import { hasFewerChannels } from '../availability/comparability';
import { observedFrom } from '../availability/report';
import { useBreakdownBefore } from '../availability/breakdown-before';
import type { View } from '../availability/view';
import { formatTime } from '../time/time.format';

/** Whether the figures of a view can be called better or worse than those of the period before, and why not. */
export interface Comparability {
  isComparable: boolean;
  reservation?: string;
}

/** Judges that from how much of the period before is observed, and on how many channels. Until these are known, nothing is better. */
export function useComparability(view: View): Comparability {
  const { t } = useTranslation();
  const { data: breakdownBefore } = useBreakdownBefore(view);
  const { breakdown, reportBefore, before, filters } = view;
  const since = observedFrom(reportBefore, before);
  if (since !== undefined) {
    const time = formatTime(since, filters.zone, 'date');
    return { isComparable: false, reservation: t('dashboard.beforeSince', { time }) };
  }
  if (filters.channel !== null) return { isComparable: true };
  if (breakdownBefore === undefined) return { isComparable: false };
  return hasFewerChannels(breakdownBefore, breakdown)
    ? { isComparable: false, reservation: t('dashboard.beforeFewer') }
    : { isComparable: true };
}
