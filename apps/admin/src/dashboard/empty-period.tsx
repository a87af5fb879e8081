import { Button, EmptyState, Paper } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { useCurrent } from '../api/availability';
import type { Filters, SetFilters } from '../filters/filters';
import { daysUntil } from '../filters/period';
import { formatTime } from '../format/time.format';

interface Properties {
  title: string;
  filters: Filters;
  setFilters: SetFilters;
}

/** In place of numbers, which would say 100 % of nothing; with a way to where there are messages. */
export function EmptyPeriod({ title, filters, setFilters }: Properties) {
  const lastMessageAt = useCurrent(filters).data?.last_message_at;
  const showLastDays = () =>
    setFilters({ period: 'custom', ...daysUntil(Date.parse(lastMessageAt!), 30, filters.zone) });
  return (
    <Paper component="section" aria-label={title} withBorder p="xl">
      <EmptyState
        role="status"
        icon={<IconMessageOff />}
        withIndicatorBackground
        title={title}
        description={
          lastMessageAt
            ? `The last message came on ${formatTime(lastMessageAt, filters.zone, 'minute')}.`
            : 'Without messages, nothing can be said about availability.'
        }
      >
        {lastMessageAt && (
          <EmptyState.Actions>
            <Button variant="light" onClick={showLastDays}>
              Show the 30 days up to it
            </Button>
          </EmptyState.Actions>
        )}
      </EmptyState>
    </Paper>
  );
}
