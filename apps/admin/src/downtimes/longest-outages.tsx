import { Table } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import { Section } from '../layout/section';
import { formatDuration } from '../time/duration.format';
import { longestFew, shownLengthMs } from './downtime-length';
import { timesOf } from './outage-times';
import classes from './outages.module.css';
import type { Downtime } from '../availability/report';

const LISTED = 10;

/** The longest outages of the period, for paper. */
export function LongestOutages({ view }: { view: View }) {
  const { t } = useTranslation();
  const downtimes = view.report.down_times;
  const longest = useMemo(() => longestFew(downtimes, LISTED), [downtimes]);
  if (longest.length === 0) return null;
  return (
    <Section title={t('downtimes.longestTitle', { count: longest.length })}>
      <Table layout="fixed" horizontalSpacing={4} verticalSpacing={1} fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.printedTime}>{`${t('downtimes.start')} – ${t('downtimes.end')}`}</Table.Th>
            <Table.Th className={classes.printedDuration}>{t('downtimes.duration')}</Table.Th>
            <Table.Th>{t('downtimes.conversation')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {longest.map((downtime) => (
            <Row key={downtime.start_time} downtime={downtime} view={view} />
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function Row({ downtime, view }: { downtime: Downtime; view: View }) {
  const { start, end } = timesOf(downtime, view);
  return (
    <Table.Tr className={classes.printed}>
      <Table.Td>{`${start} – ${end}`}</Table.Td>
      <Table.Td className={classes.printedDuration}>{formatDuration(shownLengthMs(downtime))}</Table.Td>
      <Table.Td dir="auto">{downtime.session_id}</Table.Td>
    </Table.Tr>
  );
}
