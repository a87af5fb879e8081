import { useTranslation } from 'react-i18next';
import { Legend } from '../layout/legend';

/** Explains the strips of a table. */
export function SparkLegend() {
  const { t } = useTranslation();
  const samples = [
    { name: t('history.legendUp'), background: 'var(--up)' },
    { name: t('history.legendAllowed'), background: 'var(--silent-allowed)' },
    { name: t('history.legendMissed'), background: 'var(--silent)' },
    { name: t('history.legendUnknown'), background: 'var(--hatch)' },
  ];
  return <Legend samples={samples} />;
}
