import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannelsWithin } from '../../availability/day-channels';
import type { View } from '../../availability/view';
import { formatChannel, isSelectable } from '../../filters/channel.format';
import type { SetFilters } from '../../filters/filters';
import type { Period } from '../../time/period';
import { formatCount } from '../../time/locale';
import { formatDuration } from '../../time/duration.format';
import { formatWithin } from '../../time/time.format';

const MOST = 8;

/** The channels that had messages on a day. Each leads to its own report on this day. */
export function DayChannels({ view, part, setFilters }: { view: View; part: Period; setFilters: SetFilters }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const { data: channels, isPending } = useChannelsWithin(view, part);
  if (isPending) return <Skeleton h={60} />;
  if (!channels) return null;
  if (channels.length === 0) return <Text size="sm">{t('history.noChannels')}</Text>;
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('history.channels', { day: formatWithin(view, 'day')(part.startMs) })}
      </Title>
      {channels.slice(0, isWhole ? undefined : MOST).map(({ channel, total_down_time: silentMs }) => (
        <Group key={channel} justify="space-between" gap="xs" wrap="nowrap" maw={480} className="day-channel">
          {isSelectable(channel) ? (
            <Anchor component="button" size="sm" py={3} truncate dir="auto" onClick={() => setFilters({ channel })}>
              {channel}
            </Anchor>
          ) : (
            <Text size="sm">{formatChannel(channel)}</Text>
          )}
          <Text size="sm" className="tabular nowrap">
            {silentMs === 0
              ? t('history.channelUp')
              : t('history.channelSilent', { duration: formatDuration(silentMs) })}
          </Text>
        </Group>
      ))}
      {channels.length > MOST && !isWhole && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('history.onlyWorst', { count: MOST, all: formatCount(channels.length) })}
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={() => setIsWhole(true)}>
            {t('history.showAllChannels')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
