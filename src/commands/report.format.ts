import {
  type AvailabilityBreakdown,
  type AvailabilityReport,
  AvailabilityResponse,
  type AvailabilityTrend,
  BreakdownResponse,
  type Edges,
  TrendResponse,
} from '@chat-reports/nestjs';
import { CSV_COLUMNS, csvFormat, formatInstant, LocalInstants } from '@chat-reports/nestjs/internal';
import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import prettyMilliseconds from 'pretty-ms';
import { escapeControls } from '../text/control-characters';
import { countOf } from '../text/counts';

/** The content of a report in every form in which it can be printed. */
export interface Sheet {
  /** The body of the HTTP response. */
  json: object;
  /** Rows of the HTTP response, and their columns. */
  csv: { rows: object[]; columns: string[] };
  /** Whose times the table and CSV have; undefined for UTC with `Z`. */
  timeZone: string | undefined;
  /** Header and rows of a table. */
  head: string[];
  cells: string[][];
  /** A line below the table. */
  summary: string;
}

/** Formatters by the name of the format. */
export const FORMATS = { table: formatTable, json: formatJson, csv: formatCsv };

/** The name of a format in which a report can be printed. */
export type ReportFormat = keyof typeof FORMATS;

const BAR_LENGTH = 30;

/** Lists the downtimes of a report. */
export function downtimeSheet(report: AvailabilityReport, edges: Edges, timeZone?: string): Sheet {
  const json = AvailabilityResponse.of(report);
  const format = instantFormat(timeZone);
  return {
    json,
    timeZone,
    csv: { rows: json.down_times, columns: CSV_COLUMNS.downTimes(edges) },
    head: ['silent from', 'until', 'duration', 'session'],
    cells: report.downtimes.map(({ start, end, durationMs, sessionId, ongoing }) => [
      format(start),
      ongoing ? `${format(end)}, still silent` : format(end),
      prettyMilliseconds(durationMs),
      sessionId,
    ]),
    summary: summaryOf(report, report.downtimes.length, timeZone),
  };
}

/** Lists the availability of each day. */
export function trendSheet(trend: AvailabilityTrend, timeZone?: string): Sheet {
  const json = TrendResponse.of(trend);
  const format = instantFormat(timeZone);
  return {
    json,
    timeZone,
    csv: { rows: json.buckets, columns: CSV_COLUMNS.buckets() },
    head: ['day', ...AVAILABILITY_HEAD],
    cells: trend.buckets.map(({ start, outages, ...figures }) => [
      format(start).slice(0, 10),
      ...availabilityCells(figures, outages),
    ]),
    summary: summaryOf(trend.whole, trend.whole.downtimes.length, timeZone),
  };
}

/** Lists the availability of each channel. */
export function breakdownSheet(breakdown: AvailabilityBreakdown, timeZone?: string): Sheet {
  const json = BreakdownResponse.of(breakdown);
  return {
    json,
    timeZone,
    csv: { rows: json.channels, columns: CSV_COLUMNS.channels() },
    head: ['channel', ...AVAILABILITY_HEAD],
    cells: breakdown.channels.map(({ channel, report }) => [
      channel,
      ...availabilityCells(
        report.observed === undefined ? { ...report, availabilityPercentage: null } : report,
        report.outages,
      ),
    ]),
    summary: summaryOf(breakdown.whole, breakdown.whole.outages, timeZone),
  };
}

function instantFormat(timeZone: string | undefined): (instant: Date) => string {
  if (timeZone === undefined) return formatInstant;
  const local = new LocalInstants(timeZone);
  return (instant) => local.format(instant);
}

const AVAILABILITY_HEAD = ['available', '', 'silent for', 'downtimes'];

/** Without open time or without observations, chat was neither up nor down. */
function availabilityCells(
  { availabilityPercentage, totalDowntimeMs, totalTimeMs }: Figures,
  downtimes: number,
): string[] {
  const none = totalTimeMs === 0 ? 'closed' : 'no data';
  const share = availabilityPercentage === null ? none : formatPercentage(availabilityPercentage);
  return [share, drawBar(availabilityPercentage), prettyMilliseconds(totalDowntimeMs), String(downtimes)];
}

type Figures = Pick<AvailabilityReport, 'availabilityPercentage' | 'totalDowntimeMs' | 'totalTimeMs'>;

function drawBar(percentage: number | null): string {
  if (percentage === null) return '·'.repeat(BAR_LENGTH);
  const filled = Math.floor((percentage / 100) * BAR_LENGTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_LENGTH - filled);
}

function formatJson({ json }: Sheet): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

function formatCsv({ csv, timeZone }: Sheet): string {
  return stringify(csv.rows, csvFormat(csv.columns, timeZone));
}

function formatTable({ head, cells, summary }: Sheet): string {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...cells.map((row) => row.map(escapeControls)));
  return cells.length === 0 ? `${summary}\n` : `${table.toString()}\n${summary}\n`;
}

function summaryOf(
  { availabilityPercentage, totalDowntimeMs, totalTimeMs, observed }: Figures & Pick<AvailabilityReport, 'observed'>,
  downtimes: number,
  timeZone = 'UTC',
): string {
  if (observed === undefined) return 'No messages in this period.';
  if (availabilityPercentage === null) return 'Closed in all of this period.';
  const silent = `silent for ${prettyMilliseconds(totalDowntimeMs)} of ${prettyMilliseconds(totalTimeMs)}`;
  return `${formatPercentage(availabilityPercentage)} available: ${silent}, in ${countOf(downtimes, 'downtime')} (${timeZone})`;
}

/** Rounds down, so that 100 % means no downtime at all. */
function formatPercentage(percentage: number): string {
  return `${(Math.floor(percentage * 1000) / 1000).toFixed(3)} %`;
}
