import { useEffect } from 'react';

const ATTRIBUTE = 'data-mantine-color-scheme';

/** Prints in light colors, whatever those on the screen are. */
export function useLightPrint(): void {
  useEffect(() => {
    const root = document.documentElement;
    let onScreen: string | null = null;
    const lighten = () => {
      onScreen = root.getAttribute(ATTRIBUTE);
      root.setAttribute(ATTRIBUTE, 'light');
    };
    const restore = () => onScreen !== null && root.setAttribute(ATTRIBUTE, onScreen);
    addEventListener('beforeprint', lighten);
    addEventListener('afterprint', restore);
    return () => {
      removeEventListener('beforeprint', lighten);
      removeEventListener('afterprint', restore);
    };
  }, []);
}
