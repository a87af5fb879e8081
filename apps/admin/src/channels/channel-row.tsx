import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatAvailability, formatDifference } from '../availability/availability.format';
import type { View } from '../availability/view';
import { formatChannel, isSelectable } from '../filters/channel.format';
import type { FilterProperties } from '../filters/filters';
import { NameButton } from '../layout/name-button';
import { formatCount } from '../time/locale';
import { formatDurationOrNone } from '../time/duration.format';
import { formatTime, formatWithin } from '../time/time.format';
import { ChannelSpark } from './channel-spark';
import type { ChannelRow as Row } from './channel-rows';
import classes from './channels.module.css';

interface Properties extends FilterProperties {
  view: View;
  row: Row;
  /** Its place in the whole table, from 1. */
  index: number;
}

/** One channel: the name shows the report on it. */
export function ChannelRow({ view, row, index, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const isChosen = filters.channel === row.name;
  const name = formatChannel(row.name);
  return (
    <Table.Tr
      className={classes.row}
      aria-rowindex={index + 1}
      aria-current={isChosen || undefined}
      bg={isChosen ? 'var(--mantine-primary-color-light)' : undefined}
    >
      <Table.Td title={isSelectable(row.name) ? undefined : name} dir="auto">
        {isSelectable(row.name) ? <NameButton name={name} onClick={() => setFilters({ channel: row.name })} /> : name}
        {row.since && (
          <Text size="xs" c="dimmed" lh={1.2} truncate>
            {t('channels.since', { time: formatTime(row.since, view.filters.zone, 'short-day') })}
          </Text>
        )}
      </Table.Td>
      <Figures row={row} view={view} filters={filters} />
    </Table.Tr>
  );
}

function Figures({
  row: { name, share, difference, incomparable, downtime, outages, longest, lastMs },
  view,
  filters,
}: Pick<Properties, 'row' | 'view' | 'filters'>) {
  const { t } = useTranslation();
  return (
    <>
      <Table.Td className={classes.availability} c={share ? undefined : 'dimmed'}>
        {share ? formatAvailability(share) : t('channels.noData')}
        {share && isSelectable(name) && <ChannelSpark view={view} channel={name} target={filters.target} />}
      </Table.Td>
      <Table.Td
        className={classes.number}
        visibleFrom="sm"
        c={colorOf(difference)}
        title={incomparable && t(`channels.incomparable.${incomparable}`)}
      >
        {difference === undefined ? '–' : formatDifference(difference)}
      </Table.Td>
      <Table.Td className={classes.number}>{share ? formatDurationOrNone(downtime) : '–'}</Table.Td>
      <Table.Td className={classes.number} visibleFrom="sm">
        {share ? formatCount(outages) : '–'}
      </Table.Td>
      <Table.Td className={classes.number} visibleFrom="md">
        {share ? formatDurationOrNone(longest) : '–'}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.last}`} visibleFrom="sm">
        {lastMs === undefined ? '–' : formatWithin(view, 'minute')(lastMs)}
      </Table.Td>
    </>
  );
}

function colorOf(difference: number | undefined): string | undefined {
  if (difference === undefined || difference === 0) return 'dimmed';
  return difference > 0 ? 'var(--better)' : 'var(--worse)';
}
