import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatChannel, isSelectable } from '../filters/channel.format';
import type { SetFilters } from '../filters/filters';
import { formatCount } from '../time/locale';
import { formatRoundedDuration } from '../time/duration.format';
import { formatTime } from '../time/time.format';
import type { ChannelChips as Chips, ChannelState } from './channel-states';
import classes from './now.module.css';

interface Properties {
  channels: Chips;
  zone: string;
  asOfMs: number;
  /** Missing where there are no controls. */
  setFilters?: SetFilters;
}

/** The state of each channel, the silent ones first. A click shows the report on one. */
export function ChannelChips({
  channels: { chips, silent, closed, fine, hiddenSilent, isCounted },
  ...rest
}: Properties) {
  const { t } = useTranslation();
  const counts = [
    t('now.silentChannels', { number: formatCount(silent) }),
    ...(closed > 0 ? [t('now.closedChannels', { number: formatCount(closed) })] : []),
    t('now.fineChannels', { number: formatCount(fine) }),
  ];
  return (
    <Group gap={6} mt="sm" role="group" aria-label={t('now.channels')}>
      {isCounted && (
        <Text size="sm" mr={4} className="tabular">
          {counts.join(', ')}
        </Text>
      )}
      {chips.map((channel) => (
        <Chip key={channel.channel} channel={channel} {...rest} />
      ))}
      {hiddenSilent > 0 && (
        <Text size="sm" c="dimmed" className="tabular">
          {t('now.moreSilent', { number: formatCount(hiddenSilent) })}
        </Text>
      )}
    </Group>
  );
}

interface ChipProperties extends Omit<Properties, 'channels'> {
  channel: ChannelState;
}

function Chip({ channel, zone, asOfMs, setFilters }: ChipProperties) {
  const name = formatChannel(channel.channel);
  const state = useStateText(channel, zone, asOfMs);
  const content = (
    <>
      <span className={classes.name} dir="auto">
        {name}
      </span>
      ,<span className={classes.state}>{state}</span>
    </>
  );
  const properties = { className: classes.chip, 'data-state': channel.state, title: `${name}, ${state}` };
  if (setFilters === undefined || !isSelectable(channel.channel)) return <span {...properties}>{content}</span>;
  return (
    <button
      type="button"
      aria-label={properties.title}
      {...properties}
      onClick={() => setFilters({ channel: channel.channel })}
    >
      {content}
    </button>
  );
}

function useStateText(
  { state, last_message_at: lastMessageAt, opens_at: opensAt }: ChannelState,
  zone: string,
  asOfMs: number,
): string {
  const { t } = useTranslation();
  switch (state) {
    case 'down':
      return t('now.silentFor', { duration: formatRoundedDuration(Math.max(0, asOfMs - Date.parse(lastMessageAt!))) });
    case 'up':
      return t('now.fine');
    case 'closed':
      return opensAt ? t('now.closedUntil', { time: formatTime(opensAt, zone, 'minute') }) : t('now.closed');
    case 'no_data':
      return t('now.never');
  }
}
