import { Table, Text } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Downtime } from '../availability/report';
import type { View } from '../availability/view';
import { SpacerRow } from '../layout/spacer-row';
import { isScrolled, TableScroller } from '../layout/table-scroller';
import { useVirtualRows } from '../layout/use-virtual-rows';
import { formatExactDuration } from '../time/duration.format';
import { formatCount } from '../time/locale';
import { formatWithin } from '../time/time.format';
import { barScale, drawMarks } from './bar-scale';
import { OutageHead } from './outage-head';
import { OutageRow } from './outage-row';
import type { OutageRow as Row } from './outage-rows';
import { ScaleNote } from './scale-note';
import classes from './outages.module.css';

const ROW_HEIGHT_PIXELS = 38;
/** Of a row in which things are below each other. */
const STACKED_HEIGHT_PIXELS = 72;

interface Properties {
  rows: Row[];
  /** The outages in them. */
  downtimes: readonly Downtime[];
  view: View;
  /** When it changes, the list begins anew. */
  order: string;
  isNarrow: boolean;
}

/** A table of outages. Only the visible rows are in the document. */
export function OutageList({ rows, downtimes, view, order, isNarrow }: Properties) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const height = isNarrow ? STACKED_HEIGHT_PIXELS : ROW_HEIGHT_PIXELS;
  const { items, before, after } = useVirtualRows({ count: rows.length, height, scroller, order });
  const scale = useMemo(() => barScale(downtimes.map(({ duration }) => duration)), [downtimes]);
  const count = downtimes.length;
  return (
    <>
      <ScaleNote scale={scale} />
      <TableScroller label={t('downtimes.table')} height={rows.length * height} ref={scroller}>
        <Table
          layout="fixed"
          highlightOnHover
          stickyHeader
          aria-rowcount={rows.length + 1}
          horizontalSpacing={8}
          style={{ ['--marks' as string]: drawMarks(scale) }}
        >
          <OutageHead isNarrow={isNarrow} hasDays={'downtime' in rows[0]!} />
          <Table.Tbody>
            <SpacerRow height={before} />
            {items.map(({ index }) => {
              const row = rows[index]!;
              const properties = { index: index + 1, view, isNarrow };
              return 'outages' in row ? (
                <DayRow key={row.day.startMs} row={row} {...properties} />
              ) : (
                <OutageRow
                  key={`${row.downtime.start_time} ${row.on?.day.startMs}`}
                  {...row}
                  scale={scale}
                  {...properties}
                />
              );
            })}
            <SpacerRow height={after} />
          </Table.Tbody>
        </Table>
      </TableScroller>
      {isScrolled(rows.length * height) && (
        <Text size="xs" c="dimmed">
          {t('downtimes.scroll', { count, number: formatCount(count) })}
        </Text>
      )}
    </>
  );
}

interface DayProperties {
  row: Extract<Row, { outages: number }>;
  index: number;
  view: View;
  isNarrow: boolean;
}

function DayRow({ row: { day, outages, overMidnight, silentMs, isThroughout }, index, view, isNarrow }: DayProperties) {
  const { t } = useTranslation();
  const duration = formatExactDuration(silentMs);
  const outagesText = t('downtimes.ofDay', { count: outages, number: formatCount(outages) });
  // Those are listed below the other day, too.
  const midnight = t(overMidnight === outages ? 'downtimes.allOverMidnight' : 'downtimes.overMidnight', {
    count: overMidnight,
    number: formatCount(overMidnight),
  });
  const texts = [outagesText, ...(overMidnight > 0 ? [midnight] : []), duration];
  return (
    <Table.Tr className={classes.day} aria-rowindex={index + 1}>
      <Table.Th colSpan={isNarrow ? 2 : 4} scope="rowgroup">
        {formatWithin(view, 'day')(day.startMs)}{' '}
        <span className={classes.sum}>{isThroughout ? t('downtimes.throughout', { duration }) : texts.join(', ')}</span>
      </Table.Th>
    </Table.Tr>
  );
}
