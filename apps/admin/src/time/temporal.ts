/**
 * The browser's own Temporal, or that of `temporal-polyfill` in a browser without it. The build replaces imports of that
 * package with this file, so that other browsers do not load it.
 */
export const Temporal =
  (globalThis as { Temporal?: unknown }).Temporal ?? (await import('temporal-polyfill/implementation')).Temporal;
