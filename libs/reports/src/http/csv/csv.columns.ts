import type { Options } from 'csv-stringify';
import type { Edges } from '../../availability/availability.service';
import { LocalInstants } from '../../availability/local-instant';
import { guardFormula } from './csv.formula';

const NUMBERS = ['availability_percentage', 'total_down_time', 'total_time', 'outages'];
const OBSERVED = ['observed_time', 'observed_availability_percentage'];
/** The columns with times. */
const TIMES = new Set(['start_time', 'end_time', 'first_message_at', 'last_message_at']);

/**
 * The CSV columns of each response, in order, and its header. Each is a field of the rows of the JSON response:
 * `downTimes` are those of the report's `down_times`, `buckets` those of the trend, `channels` those of the breakdown,
 * and `channelList` those of the list of channels, which has no figures. Times are ISO 8601, durations milliseconds.
 * `ongoing` is there only with `edges=count`.
 */
export const CSV_COLUMNS = {
  downTimes: (edges: Edges = 'ignore') => [
    ...['start_time', 'end_time', 'duration', 'session_id'],
    ...(edges === 'count' ? ['ongoing'] : []),
  ],
  buckets: () => ['start_time', 'end_time', ...NUMBERS, ...OBSERVED],
  channelList: () => ['channel', 'first_message_at', 'last_message_at'],
  channels: () => ['channel', ...NUMBERS, 'last_message_at', 'first_message_at', ...OBSERVED, 'longest_down_time'],
};

/**
 * How CSV is written. Names of sessions and channels cannot be trusted: a spreadsheet must neither evaluate one as a
 * formula nor, whatever separator its language uses, split one into cells. So every text is quoted. The guard against
 * formulas is our own, because that of csv-stringify cannot be undone.
 */
export const CSV_FORMAT = {
  header: true,
  cast: {
    boolean: String,
    string: (value: string, { header }: { header: boolean }) =>
      header ? value : { value: guardFormula(value), quoted: true },
  },
} satisfies Options;

/**
 * Returns the options for writing CSV with these columns.
 *
 * @param timeZone the zone of the times, a name in the IANA database; default: times are in UTC. If given, times are
 * local with their offset, and the headers of their columns name the zone, as in `start_time (Europe/Berlin)`.
 */
export function csvFormat(columns: string[], timeZone?: string) {
  if (timeZone === undefined) return { ...CSV_FORMAT, columns };
  const local = new LocalInstants(timeZone);
  return {
    ...CSV_FORMAT,
    columns: columns.map((key) => ({ key, header: TIMES.has(key) ? `${key} (${timeZone})` : key })),
    cast: {
      ...CSV_FORMAT.cast,
      string: (value, context) => {
        const isTime = !context.header && TIMES.has(String(context.column));
        return CSV_FORMAT.cast.string(isTime ? local.format(new Date(value)) : value, context);
      },
    },
  } satisfies Options;
}
