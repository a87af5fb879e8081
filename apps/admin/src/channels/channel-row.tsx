import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatAvailability, formatDifference } from '../availability/availability.format';
import type { View } from '../availability/view';
import { formatChannel, isSelectable } from '../filters/channel.format';
import type { FilterProperties } from '../filters/filters';
import { NameButton } from '../layout/name-button';
import { formatCount } from '../time/locale';
import { formatDuration, formatDurationOrNone } from '../time/duration.format';
import { formatTime, formatWithin } from '../time/time.format';
import { ChannelSpark } from './channel-spark';
import type { ChannelRow as Row } from './channel-rows';
import classes from './channels.module.css';

interface Properties extends FilterProperties {
  view: View;
  row: Row;
  /** Its place in the whole table, from 1. */
  index: number;
  /** Whether a phone shows it, with the figures below each other. */
  isNarrow: boolean;
}

/** One channel: the name shows the report on it. */
export function ChannelRow({ view, row, index, isNarrow, filters, setFilters }: Properties) {
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
        {isNarrow && <Details row={row} view={view} />}
      </Table.Td>
      {isNarrow ? <StackedFigures {...{ row, view, filters }} /> : <Figures {...{ row, view, filters }} />}
    </Table.Tr>
  );
}

type FigureProperties = Pick<Properties, 'row' | 'view' | 'filters'>;

/** What there is no room for beside the name. */
function Details({ row: { share, outages, longest, lastMs }, view }: Omit<FigureProperties, 'filters'>) {
  const { t } = useTranslation();
  const lines = [
    ...(share && outages > 0
      ? [
          t('channels.outages', { count: outages, number: formatCount(outages) }),
          t('channels.longest', { duration: formatDuration(longest) }),
        ]
      : []),
    ...(lastMs === undefined ? [] : [t('channels.lastMessage', { time: formatWithin(view, 'minute')(lastMs) })]),
  ];
  return (
    <Text size="xs" c="dimmed" lh={1.2} component="div">
      {lines.map((line) => (
        <Text inherit truncate key={line}>
          {line}
        </Text>
      ))}
    </Text>
  );
}

function StackedFigures({ row, view, filters }: FigureProperties) {
  const { t } = useTranslation();
  const { share, difference, downtime } = row;
  return (
    <Table.Td className={classes.availability} c={share ? undefined : 'dimmed'}>
      <Availability {...{ row, view, filters }} />
      {share && (
        <Text size="xs" c="dimmed" lh={1.2} component="div">
          {t('channels.silentFor', { duration: formatDurationOrNone(downtime) })}
        </Text>
      )}
      {difference !== undefined && (
        <Text size="xs" c={colorOf(difference)} lh={1.2} component="div">
          {t('channels.points', { points: formatDifference(difference) })}
        </Text>
      )}
    </Table.Td>
  );
}

function Availability({ row: { name, share }, view, filters }: FigureProperties) {
  const { t } = useTranslation();
  if (!share) return t('channels.noData');
  return (
    <>
      {formatAvailability(share)}
      {isSelectable(name) && <ChannelSpark view={view} channel={name} target={filters.target} />}
    </>
  );
}

function Figures({ row, view, filters }: FigureProperties) {
  const { t } = useTranslation();
  const { share, difference, incomparable, downtime, outages, longest, lastMs } = row;
  return (
    <>
      <Table.Td className={classes.availability} c={share ? undefined : 'dimmed'}>
        <Availability {...{ row, view, filters }} />
      </Table.Td>
      <Table.Td
        className={classes.number}
        c={colorOf(difference)}
        title={incomparable && t(`channels.incomparable.${incomparable}`)}
      >
        {difference === undefined ? '–' : formatDifference(difference)}
      </Table.Td>
      <Table.Td className={classes.number}>{share ? formatDurationOrNone(downtime) : '–'}</Table.Td>
      <Table.Td className={classes.number}>{share ? formatCount(outages) : '–'}</Table.Td>
      <Table.Td className={classes.number}>{share ? formatDurationOrNone(longest) : '–'}</Table.Td>
      <Table.Td className={`${classes.number} ${classes.last}`}>
        {lastMs === undefined ? '–' : formatWithin(view, 'minute')(lastMs)}
      </Table.Td>
    </>
  );
}

function colorOf(difference: number | undefined): string | undefined {
  if (difference === undefined || difference === 0) return 'dimmed';
  return difference > 0 ? 'var(--better)' : 'var(--worse)';
}
