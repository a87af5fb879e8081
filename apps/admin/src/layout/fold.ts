const ACCENTS = /\p{M}/gu;

/** Returns a text in the form in which texts are searched: without case and accents, and with spaces for underscores. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').toLowerCase().replaceAll('_', ' ');
}
