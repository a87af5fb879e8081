import { Table } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import type { FilterProperties } from '../filters/filters';
import { SortableHeader, type Sorting } from '../layout/sortable-header';
import { SpacerRow } from '../layout/spacer-row';
import { TableScroller } from '../layout/table-scroller';
import { useVirtualRows } from '../layout/use-virtual-rows';
import { ChannelRow } from './channel-row';
import { CHANNEL_COLUMNS, type ChannelColumn, type ChannelRow as Row, isLargestFirst } from './channel-rows';
import classes from './channels.module.css';

const ROW_HEIGHT_PIXELS = 44;

/** Of a row in which cells are below each other. */
const STACKED_HEIGHT_PIXELS = 88;

/** Columns that a phone has, too; it shows the others below them. */
const NARROW: ChannelColumn[] = ['channel', 'availability'];

const CLASSES: Partial<Record<ChannelColumn, string>> = {
  availability: classes.availability,
  difference: classes.number,
  downtime: classes.number,
  outages: classes.number,
  longest: classes.number,
  last: `${classes.number} ${classes.last}`,
};

interface Properties extends FilterProperties {
  view: View;
  rows: Row[];
  by: ChannelColumn;
  isDescending: boolean;
  sort: (next: Sorting<ChannelColumn>) => void;
  isNarrow: boolean;
}

/** A table of channels. Only the visible rows are in the document. */
export function ChannelList({ view, rows, by, isDescending, sort, isNarrow, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const order = `${by} ${isDescending}`;
  const height = isNarrow ? STACKED_HEIGHT_PIXELS : ROW_HEIGHT_PIXELS;
  const { items, before, after } = useVirtualRows({ count: rows.length, height, scroller, order });
  const columns = isNarrow ? NARROW : CHANNEL_COLUMNS;
  return (
    <TableScroller label={t('channels.table')} height={rows.length * height} ref={scroller}>
      <Table
        layout="fixed"
        highlightOnHover
        stickyHeader
        aria-rowcount={rows.length + 1}
        horizontalSpacing={8}
        data-stacked={isNarrow || undefined}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <SortableHeader
                key={column}
                column={column}
                sorting={{ by, isDescending }}
                onSort={sort}
                isDescendingFirst={isLargestFirst(column)}
                className={CLASSES[column]}
                title={column === 'last' ? t('channels.lastNote') : undefined}
              >
                {t(`channels.column.${column}`)}
              </SortableHeader>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <SpacerRow height={before} />
          {items.map(({ index }) => (
            <ChannelRow
              view={view}
              key={rows[index]!.name}
              row={rows[index]!}
              index={index + 1}
              isNarrow={isNarrow}
              filters={filters}
              setFilters={setFilters}
            />
          ))}
          <SpacerRow height={after} />
        </Table.Tbody>
      </Table>
    </TableScroller>
  );
}
