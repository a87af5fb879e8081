import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';

interface Rows {
  count: number;
  /** Height of a row in pixels. */
  height: number;
  /** The element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** When it changes, the list scrolls to its top. */
  order: string;
}

interface VirtualRows {
  /** The rows that are seen, and a few more. */
  items: VirtualItem[];
  /** Heights in pixels of the rows before and after them. */
  before: number;
  after: number;
}

/** Chooses which rows of a long table are in the document: those that are seen. */
export function useVirtualRows({ count, height, scroller, order }: Rows): VirtualRows {
  // The compiler that this warns for is not in use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  useEffect(() => {
    // In some browsers this returns a promise, which React would call when it cleans up.
    scroller.current?.scrollTo({ top: 0 });
  }, [order, scroller]);
  const items = virtualizer.getVirtualItems().filter(({ index }) => index < count);
  return {
    items,
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}
