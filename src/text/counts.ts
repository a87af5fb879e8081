/** Formats a whole number, such as `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/**
 * Formats a number of things, such as `1 message` or `1,234 messages`.
 *
 * @param noun whose plural ends in -s
 */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
