import type { Filters } from '../filters/filters';
import { viewLink } from './view-link';

const PERIOD = { startMs: Date.parse('2026-10-29T23:00:00Z'), endMs: Date.parse('2026-11-28T13:00:00Z') };
const filters = (period: Filters['period']) => ({ period, zone: 'Europe/Berlin' }) as Filters;

describe('the link to a view', () => {
  it('names all filters, but never the token', () => {
    expect(viewLink('https://a.test/admin/?org=demo&period=30-days#token=eyJ')).toBe(
      'https://a.test/admin/?org=demo&period=30-days',
    );
  });

  it('fixes the dates of a period that moves', () => {
    const href = 'https://a.test/admin/?org=demo&period=30-days&zone=Europe%2FBerlin';
    expect(viewLink(href, { filters: filters('30-days'), period: PERIOD })).toBe(
      'https://a.test/admin/?org=demo&period=custom&zone=Europe%2FBerlin&from=2026-10-30&to=2026-11-28',
    );
  });

  it('leaves a period between instants as it is', () => {
    const href = 'https://a.test/admin/?period=custom&from=2026-11-01T10:00:00Z&to=2026-11-01T11:00:00Z';
    expect(viewLink(href, { filters: filters('custom'), period: PERIOD })).toBe(href);
  });
});
