import { FocusTrap, Popover, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactElement, type ReactNode, Suspense } from 'react';

interface Properties {
  label: string;
  /** Returns the button that opens and closes the panel. */
  button: (toggle: () => void) => ReactElement;
  children: ReactNode | ((close: () => void) => ReactNode);
}

/** A button of the bar with a panel below it, which may be loaded when it is opened. The Escape key closes the panel and returns to the button. */
export function PanelButton({ label, button, children }: Properties) {
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <Popover
      opened={isOpen}
      onChange={(opened) => !opened && close()}
      trapFocus
      returnFocus
      withinPortal={false}
      // On a low screen, its end is seen only when the button is not.
      hideDetached={false}
      position="bottom-start"
      shadow="md"
      width="min(360px, calc(100vw - 32px))"
    >
      <Popover.Target>{button(toggle)}</Popover.Target>
      <Popover.Dropdown aria-label={label} p="md">
        <Suspense fallback={<Skeleton h={160} />}>
          {/* That of the popover finds nothing to focus while the panel loads. */}
          <FocusTrap active>
            <div>{typeof children === 'function' ? children(close) : children}</div>
          </FocusTrap>
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
