import { type RefObject, useRef } from 'react';

/**
 * Returns the focus to the button that opened a dialog which is loaded on demand. Mantine returns it only to where it was when a dialog
 * that was there already opened.
 *
 * @returns the reference of the button, and a function that closes the dialog
 */
export function useFocusReturn(close: () => void): [RefObject<HTMLButtonElement | null>, () => void] {
  const button = useRef<HTMLButtonElement>(null);
  return [
    button,
    () => {
      close();
      button.current?.focus();
    },
  ];
}
