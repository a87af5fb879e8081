import { Group, Paper, Skeleton, Text, ThemeIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Current, isDormant, useCurrent, useCurrentChannels } from '../availability/current';
import type { Filters, SetFilters } from '../filters/filters';
import { ChannelChips } from './channel-chips';
import { type ChannelChips as Chips, chipsOf } from './channel-states';
import { describe, describeDormant, describeUnknown } from './current-description';
import { type Favicon, useFavicon } from './use-favicon';

interface Properties {
  filters: Filters;
  /** Missing where there are no controls: on a wall, which raises the alarm however long chat has been silent. */
  setFilters?: SetFilters;
  /** Whether the page around it is about a time that is over. */
  isBesidePast?: boolean;
}

/** Whether chat is up right now, and which channels are silent. The icon of the tab says the same. */
export function Now({ filters, setFilters, isBesidePast = false }: Properties) {
  const { t } = useTranslation();
  const { data, isError, dataUpdatedAt: asOfMs } = useCurrent(filters);
  const found = useCurrentChannels(filters);
  const isMuted = setFilters !== undefined && data !== undefined && isDormant(data, asOfMs);
  const isWithoutState = isError || isMuted;
  const all = filters.channel === null ? found.data?.channels : undefined;
  // Of a single channel, the chip would repeat the headline.
  const channels = !isWithoutState && all && all.length > 1 ? chipsOf(all) : undefined;
  useFavicon(isWithoutState ? undefined : data && faviconOf(data, channels));
  if (data === undefined && !isError) return <Skeleton h={74} />;
  const context = { filters, asOfMs, silent: channels?.silent ?? 0, all: all?.length };
  const { color, icon, title, detail } =
    data === undefined || isError
      ? describeUnknown()
      : isMuted
        ? describeDormant(data, filters)
        : describe(data, context);
  return (
    <Paper component="section" aria-label={t('now.title')} withBorder p="md" className="no-print">
      <Group wrap="nowrap">
        <ThemeIcon color={color} size={40} radius="xl" variant="light">
          {icon}
        </ThemeIcon>
        <div style={{ minWidth: 0 }}>
          <Text fw={isMuted ? undefined : 600} c={isMuted ? 'dimmed' : undefined} role="status">
            {isBesidePast && `${t('now.title')}: `}
            {title}
          </Text>
          {detail && (
            <Text size="sm" c="dimmed" className="anywhere">
              {detail}
            </Text>
          )}
        </div>
      </Group>
      {channels && (
        <ChannelChips channels={channels} zone={filters.zone} asOfMs={found.dataUpdatedAt} setFilters={setFilters} />
      )}
    </Paper>
  );
}

function faviconOf({ state }: Current, channels: Chips | undefined): Favicon | undefined {
  if (state === 'no_data') return undefined;
  return state === 'up' && channels && channels.silent > 0 ? 'partly' : state;
}
