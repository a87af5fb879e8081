import { useTranslation } from 'react-i18next';
import { Legend } from '../layout/legend';

/** Explains the strips: what can be seen in them, and nothing else. */
export function HistoryLegend({ columns }: { columns: { closed: unknown[]; unknown: unknown[] }[] }) {
  const { t } = useTranslation();
  const samples = [
    { name: t('history.legendUp'), background: 'var(--up)' },
    { name: t('history.legendSilent'), background: 'var(--silent)' },
    ...(columns.some(({ closed }) => closed.length > 0)
      ? [{ name: t('history.legendClosed'), background: 'var(--closed)' }]
      : []),
    ...(columns.some(({ unknown }) => unknown.length > 0)
      ? [{ name: t('history.legendUnknown'), background: 'var(--hatch)' }]
      : []),
  ];
  return <Legend samples={samples} />;
}
