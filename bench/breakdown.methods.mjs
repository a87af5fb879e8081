/**
 * Methods that find the first and last messages of each channel, count its downtimes, add them up and find the longest.
 * Each is opened on a new connection.
 */
import { AvailabilityService } from '@chat-reports/nestjs';
import pg from 'pg';
import { openProduct } from './report.methods.mjs';

const THRESHOLD = `interval '120000 milliseconds'`;

const isDowntime = `filter (where at - previous > ${THRESHOLD})`;

const byChannel = (partition) => `
  select ${partition || 'null'} as channel, min(at) as first_at, max(at) as last_at, (count(*) ${isDowntime})::int as outages,
    round(date_part('epoch', sum(at - previous - ${THRESHOLD}) ${isDowntime}) * 1000) as downtime_ms,
    round(date_part('epoch', max(at - previous - ${THRESHOLD}) ${isDowntime}) * 1000) as longest_ms
  from (
    select channel, created_at as at, lag(created_at) over (${partition && 'partition by channel'} order by created_at) as previous
    from messages
    where organization_id = $1 and created_at between $2 and $3
  ) pairs
  group by 1`;

/** One window function for the channels, and one for the organization. */
const LAG = `${byChannel('channel')} union all ${byChannel('')}`;

/** Opens the product, through its public API. */
export async function openBreakdown(url) {
  const application = await openProduct(url);
  const availability = application.get(AvailabilityService, { strict: false });
  return {
    async answer(organizationId, { start, end }) {
      const range = { organizationId, start: new Date(start), end: new Date(end) };
      const { whole, channels } = await availability.breakdown(range);
      const all = [...channels, { channel: null, report: whole }];
      return inOrder(
        all.map(({ channel, report }) => [
          channel,
          report.firstMessageAt,
          report.lastMessageAt,
          report.outages,
          report.totalDowntimeMs,
          report.longestDowntimeMs,
        ]),
      );
    },
    close: () => application.close(),
  };
}

/** Opens the window functions for the channels and the organization, or for the channels alone. */
export async function openLagByChannel(url, isWhole = true) {
  const client = new pg.Client(url);
  await client.connect();
  // As in the statements of the product.
  await client.query('set jit = off');
  return {
    async answer(organizationId, { start, end }) {
      const { rows } = await client.query(isWhole ? LAG : byChannel('channel'), [organizationId, start, end]);
      return inOrder(
        rows.map(({ channel, first_at, last_at, outages, downtime_ms, longest_ms }) => [
          channel,
          first_at,
          last_at,
          outages,
          downtime_ms ?? 0,
          longest_ms ?? 0,
        ]),
      );
    },
    close: () => client.end(),
  };
}

/** A window function returns no row for a channel without messages in the range. */
function inOrder(rows) {
  return rows
    .filter(([, first]) => first !== undefined)
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
