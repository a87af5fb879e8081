import {
  type AvailabilityBreakdown,
  type AvailabilityReport,
  AvailabilityResponse,
  type AvailabilityTrend,
  BreakdownResponse,
  CSV_COLUMNS,
  type Edges,
  formatInstant,
  TrendResponse,
} from '@chat-reports/nestjs';
import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import prettyMilliseconds from 'pretty-ms';

/** A report in the three forms in which it can be printed. */
export interface Sheet {
  /** The HTTP answer. */
  json: object;
  /** The rows of the HTTP answer, and their columns. */
  csv: { rows: object[]; columns: string[] };
  /** For a person: names of the columns, and cells. */
  head: string[];
  cells: string[][];
  summary: string;
}

/** The ways to print a report: for a person, as the HTTP answer, and for a spreadsheet. */
export const FORMATS = { table: formatTable, json: formatJson, csv: formatCsv };
export type ReportFormat = keyof typeof FORMATS;

const BAR_CELLS = 30;

export function downtimeSheet(report: AvailabilityReport, edges: Edges): Sheet {
  const json = AvailabilityResponse.of(report);
  return {
    json,
    csv: { rows: json.down_times, columns: CSV_COLUMNS.downTimes(edges) },
    head: ['silent from', 'until', 'duration', 'session'],
    cells: report.downtimes.map(({ start, end, durationMs, sessionId, ongoing }) => [
      formatInstant(start),
      ongoing ? 'now' : formatInstant(end),
      prettyMilliseconds(durationMs),
      sessionId,
    ]),
    summary: summaryOf(report),
  };
}

export function trendSheet(trend: AvailabilityTrend): Sheet {
  const json = TrendResponse.of(trend);
  return {
    json,
    csv: { rows: json.buckets, columns: CSV_COLUMNS.buckets() },
    head: ['day', 'available', '', 'silent for', 'downtimes'],
    cells: trend.buckets.map(({ start, availabilityPercentage, totalDowntimeMs, outages }) => [
      start.toISOString().slice(0, 10),
      ...share(availabilityPercentage),
      prettyMilliseconds(totalDowntimeMs),
      String(outages),
    ]),
    summary: summaryOf(trend.whole),
  };
}

export function breakdownSheet(breakdown: AvailabilityBreakdown): Sheet {
  const json = BreakdownResponse.of(breakdown);
  return {
    json,
    csv: { rows: json.channels, columns: CSV_COLUMNS.channels() },
    head: ['channel', 'available', '', 'silent for', 'downtimes'],
    cells: breakdown.channels.map(({ channel, report }) => [
      channel,
      ...share(report.observed === undefined ? null : report.availabilityPercentage),
      prettyMilliseconds(report.totalDowntimeMs),
      String(report.downtimes.length),
    ]),
    summary: summaryOf(breakdown.whole),
  };
}

function formatJson({ json }: Sheet): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

function formatCsv({ csv }: Sheet): string {
  // A session named like a formula must not become one in a spreadsheet.
  return stringify(csv.rows, { header: true, columns: csv.columns, escape_formulas: true, cast: { boolean: String } });
}

function formatTable({ head, cells, summary }: Sheet): string {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...cells);
  return cells.length === 0 ? `${summary}\n` : `${table.toString()}\n${summary}\n`;
}

function summaryOf({
  availabilityPercentage,
  totalDowntimeMs,
  totalTimeMs,
  downtimes,
  observed,
}: AvailabilityReport): string {
  if (observed === undefined) return 'No messages in this period.';
  const count = downtimes.length === 1 ? '1 downtime' : `${downtimes.length} downtimes`;
  const silent = `silent for ${prettyMilliseconds(totalDowntimeMs)} of ${prettyMilliseconds(totalTimeMs)}`;
  return `${formatPercentage(availabilityPercentage)} available: ${silent}, in ${count} (UTC)`;
}

/** A percentage in numbers and as a bar; no data is neither good nor bad. */
function share(percentage: number | null): [string, string] {
  if (percentage === null) return ['no data', '·'.repeat(BAR_CELLS)];
  const full = Math.floor((percentage / 100) * BAR_CELLS);
  return [formatPercentage(percentage), '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)];
}

/** Never rounded up: 100 % means no downtime at all. */
function formatPercentage(percentage: number): string {
  return `${(Math.floor(percentage * 1000) / 1000).toFixed(3)} %`;
}
