import { api } from '../session/session.client';
import { REPORT_PATH } from './report';
import { rangeOf, type View } from './view';

/** The parts of a view that can be saved as CSV. */
export const CSV_CONTENTS = ['outages', 'days', 'channels'] as const;
export type CsvContent = (typeof CSV_CONTENTS)[number];

/**
 * Fetches a table of a view as the server's CSV: with the times of the zone that is shown, and with the byte order mark that
 * Excel needs. The server guards texts that a spreadsheet would take as formulas.
 *
 * @throws Problem if the server does not return it
 */
export async function fetchCsv(view: View, content: CsvContent): Promise<Blob> {
  const { filters, period } = view;
  const path = { orgId: filters.org };
  const range = rangeOf(view, period);
  const query = { ...range, timezone: filters.zone, format: 'csv', bom: 'true' } as const;
  const options = { parseAs: 'blob' } as const;
  switch (content) {
    case 'outages':
      return (await api.GET(REPORT_PATH, { params: { path, query }, ...options })).data!;
    case 'days': {
      const days = { ...query, interval: 'day' } as const;
      return (await api.GET(`${REPORT_PATH}/trend`, { params: { path, query: days }, ...options })).data!;
    }
    case 'channels': {
      const all = { ...query, channel: undefined };
      return (await api.GET(`${REPORT_PATH}/breakdown`, { params: { path, query: all }, ...options })).data!;
    }
  }
}
