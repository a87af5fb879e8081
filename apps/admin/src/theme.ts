import { createTheme, rem, Select } from '@mantine/core';

/** Colors, sizes of type and spaces. Style sheets take them from here: `var(--mantine-spacing-hair)`. */
export const theme = createTheme({
  primaryColor: 'cyan',
  // Dark enough for white text (WCAG 2.2, 1.4.3).
  primaryShade: 9,
  defaultRadius: 'md',
  components: {
    Select: Select.extend({
      defaultProps: {
        // Keeps each list inside its landmark, where screen readers expect it.
        comboboxProps: { withinPortal: false },
        // The Tab key leads to the next control, not into the list, which closes then. A list may contain groups that take the focus.
        scrollAreaProps: { viewportProps: { tabIndex: -1, role: 'group' } },
      },
    }),
  },
  // Beside Mantine's own, which begin with `xs`.
  fontSizes: { xxs: rem(11), figure: rem(32), 'printed-figure': rem(22) },
  spacing: { hair: rem(2), tight: rem(4), close: rem(6), near: rem(8) },
  // Follows the setting of the operating system.
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
});
