import { useMediaQuery } from '@mantine/hooks';

/** Returns whether a screen is too narrow for one column for each part of an outage, so that they are below each other. Paper is not. */
export function useIsNarrow(): boolean {
  return useMediaQuery('screen and (max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
}
