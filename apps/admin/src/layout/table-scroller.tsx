import type { ReactNode, Ref } from 'react';
import classes from './table.module.css';

interface Properties {
  /** Names the table. */
  label: string;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** Keeps a long table to a part of the page, in which the keyboard can scroll, too. */
export function TableScroller({ label, ref, children }: Properties) {
  return (
    <div ref={ref} className={classes.scroller} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
