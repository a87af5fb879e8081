import { type RefObject, useEffect, useState } from 'react';

/** What is only scrolled past is not in view as long. */
const MOMENT_MS = 300;

/** Returns whether an element has been in view for a moment. What is hidden is never in view. */
export function useStaysInView(element: RefObject<Element | null>): boolean {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    if (stays || element.current === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (entries.at(-1)!.isIntersecting) timer = setTimeout(() => setStays(true), MOMENT_MS);
    });
    observer.observe(element.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element, stays]);
  return stays;
}
