import { useTranslation } from 'react-i18next';
import { formatCount } from '../time/locale';
import { type Column, type Unit, worstOf } from './columns';

/** Finds the strip with the most downtime, and what to call it, since others may have as much. */
export function useWorst(columns: readonly Column[], unit: Unit): { worst: Column | undefined; name: string } {
  const { t } = useTranslation();
  const worst = worstOf(columns);
  const count = columns.filter(({ silentMs }) => silentMs === worst?.silentMs).length - 1;
  const key = unit === 'day' ? 'worstDay' : 'worstWeek';
  const name = count > 0 ? t(`history.${key}Tied`, { count, number: formatCount(count) }) : t(`history.${key}`);
  return { worst, name };
}
