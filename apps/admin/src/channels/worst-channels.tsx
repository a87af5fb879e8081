import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAvailability } from '../availability/availability.format';
import type { View } from '../availability/view';
import { formatChannel } from '../filters/channel.format';
import { Section } from '../layout/section';
import { formatDurationOrNone } from '../time/duration.format';
import { formatCount } from '../time/locale';
import { foldRows, rowsOf, sortRows } from './channel-rows';
import classes from './channels.module.css';
import { useFoldedReasons } from './use-folded-reasons';

const LISTED = 10;

/** The worst channels of the period, for paper: of many, those that were not silent nearly throughout. */
export function WorstChannels({ view }: { view: View }) {
  const { t } = useTranslation();
  const { period } = view;
  const { channels } = view.breakdown;
  const folded = useMemo(
    () => foldRows(sortRows(rowsOf({ channels, period }), 'availability', false), 0),
    [channels, period],
  );
  const reasons = useFoldedReasons(folded);
  const rows = folded.shown.filter(({ share }) => share).slice(0, LISTED);
  if (rows.length === 0) return null;
  const key = reasons === '' ? 'worst' : rows.length < folded.shown.length ? 'worstOfActive' : 'active';
  const title = t(`channels.${key}`, { count: rows.length, all: formatCount(folded.shown.length) });
  return (
    <Section title={title}>
      <Table layout="fixed" horizontalSpacing={4} verticalSpacing={1} fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('channels.column.channel')}</Table.Th>
            <Table.Th className={classes.printedNumber}>{t('channels.column.availability')}</Table.Th>
            <Table.Th className={classes.printedNumber}>{t('channels.column.downtime')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, share, downtime }) => (
            <Table.Tr key={name} className={classes.printed}>
              <Table.Td dir="auto">{formatChannel(name)}</Table.Td>
              <Table.Td className={classes.printedNumber}>{formatAvailability(share!)}</Table.Td>
              <Table.Td className={classes.printedNumber}>{formatDurationOrNone(downtime)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {reasons && (
        <Text size="xs" c="dimmed">
          {t('channels.notListed', { reasons })}
        </Text>
      )}
    </Section>
  );
}
