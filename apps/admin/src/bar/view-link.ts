import type { View } from '../availability/view';
import { datesOf } from '../time/period';

/**
 * Returns the link to what the page shows, never with a token.
 *
 * @param fixed the view whose dates the link names, so that it shows the same days later
 */
export function viewLink(href: string, fixed?: Pick<View, 'filters' | 'period'>): string {
  const url = new URL(href);
  url.hash = '';
  if (fixed === undefined || fixed.filters.period === 'custom') return url.href;
  const { from, to } = datesOf(fixed.period, fixed.filters.zone);
  for (const [name, value] of Object.entries({ period: 'custom', from, to })) url.searchParams.set(name, value);
  return url.href;
}
