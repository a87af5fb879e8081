import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Downtime, lastMessageBefore } from '../availability/report';
import type { View } from '../availability/view';
import { ExcludeOutage } from '../hours/exclude-outage';
import type { BarScale } from './bar-scale';
import { Conversation } from './conversation';
import { formatEnd, formatInstant, formatStart } from './downtime.format';
import { OutageLength } from './outage-length';
import type { DayPart } from './outage-rows';
import classes from './outages.module.css';

interface Properties {
  downtime: Downtime;
  /** The day that it is listed under, so that its instants are clock times. */
  on?: DayPart;
  view: View;
  scale: BarScale;
  /** Whether what has columns of its own elsewhere is below each other. */
  isNarrow: boolean;
  hasLast?: boolean;
  isMarked?: boolean;
  /** Its place in the whole table, from 1; undefined if all of that is in the document. */
  index?: number;
}

/** One outage: when it was, how long, in which conversation chat stopped, and if wanted when the last message before it was sent. */
export function OutageRow({ index, isMarked, ...properties }: Properties) {
  return (
    <Table.Tr
      className={classes.row}
      data-stacked={properties.isNarrow || undefined}
      aria-rowindex={index === undefined ? undefined : index + 1}
      aria-current={isMarked || undefined}
      bg={isMarked ? 'var(--mantine-primary-color-light)' : undefined}
    >
      {properties.isNarrow ? <StackedCells {...properties} /> : <Cells {...properties} />}
    </Table.Tr>
  );
}

function Cells({ hasLast, ...properties }: Properties) {
  const { start, end, last } = useTimes(properties);
  return (
    <>
      {hasLast && <Table.Td>{last}</Table.Td>}
      <Table.Td>{start}</Table.Td>
      <Table.Td>{end}</Table.Td>
      <Table.Td>
        <OutageLength {...properties} />
      </Table.Td>
      <Table.Td>
        <Session {...properties} />
      </Table.Td>
    </>
  );
}

function StackedCells({ hasLast, ...properties }: Properties) {
  const { t } = useTranslation();
  const { start, end, last } = useTimes(properties);
  return (
    <>
      <Table.Td>
        <div>
          {start} – {end}
        </div>
        {hasLast && (
          <Text size="xs" c="dimmed">
            {t('history.lastBefore')}: {last}
          </Text>
        )}
        <Session {...properties} />
      </Table.Td>
      <Table.Td>
        <OutageLength {...properties} />
      </Table.Td>
    </>
  );
}

function Session({ downtime, view }: Properties) {
  return (
    <div className={classes.session}>
      <Conversation sessionId={downtime.session_id} />
      <ExcludeOutage outage={downtime} filters={view.filters} />
    </div>
  );
}

function useTimes({ downtime, on, view }: Properties) {
  const isOnDay = (time: string | number) => {
    const ms = new Date(time).getTime();
    return on !== undefined && on.day.startMs <= ms && ms < on.day.endMs;
  };
  const place = { view, isOnDay };
  const last = lastMessageBefore(downtime, view);
  return {
    start: <time dateTime={downtime.start_time}>{formatStart(downtime, place)}</time>,
    end: <time dateTime={downtime.end_time}>{formatEnd(downtime, place)}</time>,
    last: last === undefined ? '–' : formatInstant(last, place),
  };
}
