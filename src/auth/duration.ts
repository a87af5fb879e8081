const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Whether a text is a duration: a number and a unit, such as `30m`, `1h` or `7d`. The library that signs tokens would
 * read a number without a unit as milliseconds.
 */
export function isDuration(text: string): boolean {
  return /^[1-9]\d{0,5}[smhd]$/.test(text);
}

/** Converts a duration to milliseconds. */
export function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * UNITS_MS[text.at(-1) as keyof typeof UNITS_MS];
}
