import { datesOf } from '../time/period';
import type { CsvContent } from './csv';
import type { View } from './view';

/** Names a file after its contents: `outages_demo_2026-11-01_2026-11-28.csv`. */
export function csvName({ filters, period }: Pick<View, 'filters' | 'period'>, content: CsvContent): string {
  const { from, to } = datesOf(period, filters.zone);
  const isOfChannel = filters.channel !== null && content !== 'channels';
  const scope = isOfChannel ? `${filters.org}_${filters.channel}` : filters.org;
  return `${content}_${scope}_${from}_${to}.csv`;
}

/** Saves a file that was fetched, since a plain link cannot send the token. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // Some browsers read the file only after the click event.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
