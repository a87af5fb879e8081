import { useMediaQuery } from '@mantine/hooks';

/** Returns whether a screen is too narrow for all columns of a table, so that the cells of a row are below each other. Paper is not. */
export function useIsNarrow(): boolean {
  return useMediaQuery('screen and (max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
}
