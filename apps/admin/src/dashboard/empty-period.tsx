import { Button, EmptyState, Paper } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCurrent } from '../availability/current';
import type { FilterProperties } from '../filters/filters';
import { daysUntil } from '../time/period';
import { formatTime } from '../time/time.format';
import { EmptyOrganization } from './empty-organization';

interface Properties extends FilterProperties {
  title: string;
  /** Whether the channel has never been there, so that another period would not help. */
  hasNoChannel?: boolean;
}

/** Replaces the numbers when there is nothing to measure, and offers the last messages. */
export function EmptyPeriod({ title, hasNoChannel = false, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const current = useCurrent(filters).data;
  const lastMessageAt = current?.last_message_at;
  const showLastDays = () =>
    setFilters({ period: 'custom', ...daysUntil(Date.parse(lastMessageAt!), 30, filters.zone) });
  if (current?.state === 'no_data' && filters.channel === null) return <EmptyOrganization org={filters.org} />;
  return (
    <Paper component="section" aria-label={title} withBorder p="xl">
      <EmptyState
        role="status"
        icon={<IconMessageOff />}
        withIndicatorBackground
        title={title}
        description={
          hasNoChannel
            ? undefined
            : lastMessageAt
              ? t('dashboard.lastMessage', { time: formatTime(lastMessageAt, filters.zone, 'minute') })
              : t('dashboard.nothingToMeasure')
        }
      >
        {hasNoChannel && (
          <EmptyState.Actions>
            <Button variant="light" onClick={() => setFilters({ channel: null })}>
              {t('channels.all')}
            </Button>
          </EmptyState.Actions>
        )}
        {lastMessageAt && (
          <EmptyState.Actions>
            <Button variant="light" onClick={showLastDays}>
              {t('dashboard.showLastDays')}
            </Button>
          </EmptyState.Actions>
        )}
      </EmptyState>
    </Paper>
  );
}
