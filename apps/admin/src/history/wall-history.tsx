import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import { Section } from '../layout/section';
import { HistoryLegend } from './history-legend';
import { Strips } from './strips';
import { useDescription } from './use-description';
import { useHistory } from './use-history';
import { useWorst } from './use-worst';

/** The days of a period, without anything to click. */
export function WallHistory({ view }: { view: View }) {
  const { t } = useTranslation();
  const { columns, unit } = useHistory(view);
  const describe = useDescription(unit, view);
  const { worst, name } = useWorst(columns, unit);
  return (
    <Section title={t('history.title')} aside={<HistoryLegend columns={columns} />}>
      {worst && <Text size="sm">{`${name} ${describe(worst)}`}</Text>}
      <Strips columns={columns} unit={unit} view={view} />
    </Section>
  );
}
