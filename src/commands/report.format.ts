import { type Availability, AvailabilityResponse, formatInstant } from '@chat-reports/nestjs';
import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import prettyMilliseconds from 'pretty-ms';

/** The ways to print a report: for a person, as the HTTP answer, and its downtimes for a spreadsheet. */
export const FORMATS = { table: formatTable, json: formatJson, csv: formatCsv };
export type ReportFormat = keyof typeof FORMATS;

function formatJson(report: Availability): string {
  return `${JSON.stringify(AvailabilityResponse.of(report), null, 2)}\n`;
}

function formatCsv(report: Availability): string {
  // A session named like a formula must not become one in a spreadsheet.
  return stringify(AvailabilityResponse.of(report).down_times, {
    header: true,
    columns: ['start_time', 'end_time', 'duration', 'session_id'],
    escape_formulas: true,
  });
}

function formatTable(report: Availability): string {
  const table = new Table({
    head: ['silent from', 'until', 'duration', 'session'],
    style: { head: [], border: [], compact: true },
  });
  for (const { start, end, durationMs, sessionId } of report.downtimes) {
    table.push([formatInstant(start), formatInstant(end), prettyMilliseconds(durationMs), sessionId]);
  }
  const { availabilityPercentage, totalDowntimeMs, totalTimeMs, downtimes } = report;
  const count = downtimes.length === 1 ? '1 downtime' : `${downtimes.length} downtimes`;
  const summary =
    `${formatPercentage(availabilityPercentage)} available: silent for ${prettyMilliseconds(totalDowntimeMs)} of ` +
    `${prettyMilliseconds(totalTimeMs)}, in ${count} (UTC)`;
  return downtimes.length === 0 ? `${summary}\n` : `${table.toString()}\n${summary}\n`;
}

/** Never rounded up: 100 % means no downtime at all. */
function formatPercentage(percentage: number): string {
  return `${(Math.floor(percentage * 1000) / 1000).toFixed(3)} %`;
}
