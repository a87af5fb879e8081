import { createTheme, Select } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'cyan',
  // Dark enough for white text on it (WCAG 2.2, 1.4.3).
  primaryShade: 9,
  defaultRadius: 'md',
  // Within the landmark that they belong to.
  components: { Select: Select.extend({ defaultProps: { comboboxProps: { withinPortal: false } } }) },
  // Follows what the reader has asked of the operating system.
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
});
