import { Anchor } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';

/** Scrolls to a section of the page, and does something before. The fragment of the URL stays that of a link to sign in. */
export function Jump({ to, before, children }: { to: string; before?: () => void; children?: ReactNode }) {
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    before?.();
    document.getElementById(to)?.scrollIntoView({ block: 'start' });
  };
  return (
    <Anchor href={`#${to}`} inherit underline="always" onClick={follow}>
      {children}
    </Anchor>
  );
}
