import { Anchor, Breadcrumbs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SetFilters } from '../../filters/filters';
import { formatTime } from '../../time/time.format';

/** The year and the month of a date, which lead to these periods, and its day: `2026 › Nov › 14`. */
export function Breadcrumb({ date, setFilters }: { date: string; setFilters: SetFilters }) {
  const { t } = useTranslation();
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const [yearText, monthText] = [date.slice(0, 4), date.slice(0, 7)];
  const show = (from: string, to: string) => setFilters({ period: 'custom', from, to });
  return (
    <nav aria-label={t('history.breadcrumb')}>
      <Breadcrumbs separator="›" separatorMargin={8}>
        <Anchor component="button" py={4} onClick={() => show(`${yearText}-01-01`, `${yearText}-12-31`)}>
          {yearText}
        </Anchor>
        <Anchor component="button" py={4} onClick={() => show(`${monthText}-01`, `${monthText}-${lastDay}`)}>
          {formatTime(Date.parse(date), 'UTC', 'month-name')}
        </Anchor>
        <Text fw={700} aria-current="page">
          {day}
        </Text>
      </Breadcrumbs>
    </nav>
  );
}
