import { type MantineBreakpoint, Table } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import type { FilterProperties } from '../filters/filters';
import { SortableHeader } from '../layout/sortable-header';
import { SpacerRow } from '../layout/spacer-row';
import { TableScroller } from '../layout/table-scroller';
import { useVirtualRows } from '../layout/use-virtual-rows';
import { ChannelRow } from './channel-row';
import { CHANNEL_COLUMNS, type ChannelColumn, type ChannelRow as Row } from './channel-rows';
import classes from './channels.module.css';

const ROW_HEIGHT_PIXELS = 44;

/** Columns that a phone shows, too. */
const NARROW: ChannelColumn[] = ['channel', 'availability', 'downtime'];

/** Columns that are first sorted with the largest or latest on top. */
const LARGEST_FIRST: ChannelColumn[] = ['downtime', 'outages', 'longest', 'last'];

const CLASSES: Partial<Record<ChannelColumn, string>> = {
  availability: classes.availability,
  difference: classes.number,
  downtime: classes.number,
  outages: classes.number,
  longest: classes.number,
  last: `${classes.number} ${classes.last}`,
};

/** The smallest screen that shows a column. */
function visibleFrom(column: ChannelColumn): MantineBreakpoint | undefined {
  if (column === 'longest') return 'md';
  return NARROW.includes(column) ? undefined : 'sm';
}

interface Properties extends FilterProperties {
  view: View;
  rows: Row[];
  by: ChannelColumn;
  isDescending: boolean;
  sort: (next: { 'channels-by': ChannelColumn; 'channels-order': 'up' | 'down' }) => void;
}

/** A table of channels. Only the visible rows are in the document. */
export function ChannelList({ view, rows, by, isDescending, sort, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const order = `${by} ${isDescending}`;
  const { items, before, after } = useVirtualRows({ count: rows.length, height: ROW_HEIGHT_PIXELS, scroller, order });
  return (
    <TableScroller label={t('channels.table')} ref={scroller}>
      <Table layout="fixed" highlightOnHover stickyHeader aria-rowcount={rows.length + 1} horizontalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            {CHANNEL_COLUMNS.map((column) => (
              <SortableHeader
                key={column}
                column={column}
                sorting={{ by, isDescending }}
                onSort={(next) => sort({ 'channels-by': next.by, 'channels-order': next.isDescending ? 'down' : 'up' })}
                isDescendingFirst={LARGEST_FIRST.includes(column)}
                visibleFrom={visibleFrom(column)}
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
