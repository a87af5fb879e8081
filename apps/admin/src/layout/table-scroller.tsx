import type { ReactNode, Ref } from 'react';
import classes from './table.module.css';

/** A table of up to some thirty rows, or half as many on a phone, is shown as a whole. */
const MOST_PIXELS = 1200;

/** Returns whether a table whose rows have a height in pixels is scrolled. */
export function isScrolled(rowsPixels: number): boolean {
  return rowsPixels > MOST_PIXELS;
}

interface Properties {
  /** Names the table. */
  label: string;
  /** Of all rows, in pixels. */
  height: number;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** Keeps a long table to a part of the page, in which the keyboard can scroll, too. */
export function TableScroller({ label, height, ref, children }: Properties) {
  const isLong = isScrolled(height);
  return (
    <div
      ref={ref}
      className={classes.scroller}
      data-scrolled={isLong || undefined}
      role="group"
      aria-label={label}
      tabIndex={isLong ? 0 : undefined}
    >
      {children}
    </div>
  );
}
