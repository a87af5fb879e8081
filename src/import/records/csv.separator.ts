const SEPARATORS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

/** A character between values. */
export type Separator = keyof typeof SEPARATORS;

/** The line that tells Excel the separator of a file. */
const SEPARATOR_LINE = /^\s*"?sep=(.)"?[ \t]*(?:[\r\n]+|$)/i;
const QUOTED = /"(?:[^"]|"")*"/g;

/**
 * Finds the separator of CSV: the one that a line `sep=;` names, or the one that occurs most often in the header.
 *
 * @param head the beginning of the text, with the header
 */
export function findSeparator(head: string): Separator {
  const named = SEPARATOR_LINE.exec(head)?.[1];
  if (named !== undefined && named in SEPARATORS) return named as Separator;
  const header = headerOf(head).replace(QUOTED, '');
  const counts = (Object.keys(SEPARATORS) as Separator[]).map((separator) => ({
    separator,
    count: header.split(separator).length,
  }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}

/** The name of a separator, such as "commas". */
export function nameSeparator(separator: Separator): string {
  return SEPARATORS[separator];
}

/** Whether the beginning of a text contains the whole header. */
export function hasHeader(head: string): boolean {
  return /\S[^\r\n]*[\r\n]/.test(head.replace(SEPARATOR_LINE, ''));
}

/** The first line that is neither blank nor `sep=;`; empty if there is none. */
export function headerOf(head: string): string {
  return /\S[^\r\n]*/.exec(head.replace(SEPARATOR_LINE, ''))?.[0] ?? '';
}

/** Whether a row is a line `sep=;`, which may have been split at its own separator. */
export function isSeparatorLine(record: string[]): boolean {
  return record.length <= 2 && /^sep=.?$/i.test(record[0]!) && (record[1] ?? '') === '';
}
