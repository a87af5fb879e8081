import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './table.module.css';

/** The column a table is sorted by, and in which order. */
export interface Sorting<Column> {
  by: Column;
  isDescending: boolean;
}

interface Properties<Column> {
  column: Column;
  sorting: Sorting<Column>;
  onSort: (sorting: Sorting<Column>) => void;
  /** Whether the first click puts the largest or latest on top. */
  isDescendingFirst: boolean;
  className?: string;
  /** Says more than the name. */
  title?: string;
  children: ReactNode;
}

/** A column header that sorts the table by its column. The next click reverses the order. */
export function SortableHeader<Column>({
  column,
  sorting,
  onSort,
  isDescendingFirst,
  className,
  title,
  children,
}: Properties<Column>) {
  const isSorted = sorting.by === column;
  const isDescending = isSorted && sorting.isDescending;
  const Icon = isDescending ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      className={className}
      title={title}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <UnstyledButton
        className={classes.sort}
        onClick={() => onSort({ by: column, isDescending: isSorted ? !isDescending : isDescendingFirst })}
      >
        {children}
        {isSorted && <Icon size={14} aria-hidden className={classes.arrow} />}
      </UnstyledButton>
    </Table.Th>
  );
}
