import { Group, type MantineBreakpoint, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** By which column a table is sorted. */
export interface Sorting<Column> {
  by: Column;
  isDescending: boolean;
}

interface Properties<Column> {
  column: Column;
  sorting: Sorting<Column>;
  onSort: (sorting: Sorting<Column>) => void;
  /** Whether the largest or latest is looked for first. */
  isDescendingFirst: boolean;
  /** The width of the screen from which on the column is there. */
  visibleFrom?: MantineBreakpoint;
  children: ReactNode;
}

/** The head of a column that sorts the table by it, and at the next click the other way round. */
export function SortableHeader<Column>({
  column,
  sorting,
  onSort,
  isDescendingFirst,
  visibleFrom,
  children,
}: Properties<Column>) {
  const isSorted = sorting.by === column;
  const isDescending = isSorted && sorting.isDescending;
  const Icon = isSorted ? (isDescending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
  return (
    <Table.Th visibleFrom={visibleFrom} aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}>
      <UnstyledButton
        fw={600}
        fz="sm"
        onClick={() => onSort({ by: column, isDescending: isSorted ? !isDescending : isDescendingFirst })}
      >
        <Group gap={4} wrap="nowrap">
          {children}
          <Icon size={14} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
