import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../time/duration.format';
import type { BarScale } from './bar-scale';

/** Says which scale bars have, unless it is linear. */
export function ScaleNote({ scale: { marks } }: { scale: BarScale }) {
  const { t } = useTranslation();
  if (marks.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('downtimes.logarithmic', { marks: marks.map(formatDuration).join(', ') })}
    </Text>
  );
}
