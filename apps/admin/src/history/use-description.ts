import { useTranslation } from 'react-i18next';
import { formatAvailability } from '../availability/availability.format';
import { formatDuration } from '../time/duration.format';
import { formatWithin, type ShownPeriod } from '../time/time.format';
import type { Column, Unit } from './columns';

/** Returns a function that describes a strip in one line. */
export function useDescription(unit: Unit, shown: ShownPeriod): (column: Column) => string {
  const { t } = useTranslation();
  return (column) => `${nameOf(column, unit, shown)}: ${describe(column)}`;

  function describe({ silentMs, observedMs, closedMs, outages }: Column): string {
    if (observedMs === 0) return t(closedMs > 0 ? 'history.closed' : 'history.unknown');
    const availability = formatAvailability({ total_time: observedMs, total_down_time: silentMs });
    if (silentMs === 0) return t('history.neverSilent', { availability });
    return t('history.silentIn', { availability, count: outages, duration: formatDuration(silentMs) });
  }
}

/** Names a day, `Sun 15 Jan`, or a week by its first and last day, `Mon 9 Jan – Sun 15 Jan`. */
function nameOf({ startMs, endMs }: Column, unit: Unit, shown: ShownPeriod): string {
  const dayOf = formatWithin(shown, 'day');
  return unit === 'day' ? dayOf(startMs) : `${dayOf(startMs)} – ${dayOf(endMs - 1)}`;
}
