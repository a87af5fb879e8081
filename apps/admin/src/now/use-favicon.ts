import { useEffect } from 'react';

/** What the icon of the tab can say. Each has a file in `public`; `icon.svg` is that of a page without a state. */
export type Favicon = 'up' | 'partly' | 'down' | 'closed';

/** Shows a state as the icon of the tab, until the component is gone. */
export function useFavicon(state: Favicon | undefined): void {
  useEffect(() => {
    if (state === undefined) return;
    const show = (file: string) =>
      document.querySelector('link[rel=icon]')?.setAttribute('href', `${import.meta.env.BASE_URL}${file}`);
    show(`icon-${state}.svg`);
    return () => show('icon.svg');
  }, [state]);
}
