import { type RefObject, useEffect } from 'react';
import { largestFitting } from './largest-fitting';

/** What of the usual size of type is still readable from afar. Percent. */
const SMALLEST = 60;
/** What is drawn first is measured, and drawn again. */
const SETTLE_MS = 300;

/**
 * Makes the type of the page smaller until the window shows all of it. It grows again when the window is resized, or when the
 * situation changes, but not with every change of the content, since that could go back and forth.
 */
export function useFit(content: RefObject<Element | null>, situation: string): void {
  useEffect(() => {
    const root = document.documentElement;
    let usual: number;
    let percent: number;
    const show = (size: number) => (root.style.fontSize = `${(usual * size) / 100}px`);
    const shrink = () => {
      if (!isTooHigh()) return;
      const size = largestFitting(SMALLEST, percent - 1, (one) => {
        show(one);
        return !isTooHigh();
      });
      percent = size ?? SMALLEST;
      // A small window is scrolled, since nobody could read it otherwise.
      if (size === undefined) root.style.fontSize = '';
      else show(size);
    };
    const start = () => {
      root.style.fontSize = '';
      usual = Number.parseFloat(getComputedStyle(root).fontSize);
      percent = 100;
      shrink();
    };
    // The observer must not change within its callback what it observes.
    const observer = new ResizeObserver(() => requestAnimationFrame(shrink));
    const timer = setTimeout(() => {
      start();
      observer.observe(content.current!);
      addEventListener('resize', start);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      removeEventListener('resize', start);
      root.style.fontSize = '';
    };
  }, [content, situation]);
}

function isTooHigh(): boolean {
  return document.documentElement.scrollHeight > innerHeight;
}
