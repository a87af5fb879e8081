/**
 * Compares reports from stored days with the same reports from messages, and writes to a table that has the triggers of stored days with
 * writes to one that has none.
 */
import { AvailabilityService, ReportsModule, rollupMigration, rollupSealer } from '@chat-reports/nestjs';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import assert from 'node:assert/strict';
import pg from 'pg';
import { dataSourceOptions, withDataSource } from '../dist/database/data-source.js';
import { query } from './bench-server.mjs';
import { fillMonth, MONTH } from './channels.mjs';
import { CONNECTIONS, load, UNLIMITED } from './http-load.mjs';
import { withServer } from './http-server.mjs';
import { formatCount, formatMs, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';
import { fillStreams, STREAMS } from './streams.mjs';

const ROUNDS = 11;
const CLIENTS = 8;
const WRITE_ROUNDS = 15;
const INSERTS_PER_CLIENT = 1_000;
const LATE_ROWS = 200_000;

const ROUNDS_OVER_HTTP = 3;
const ROUND_SECONDS = 8;
const WARM_UP_SECONDS = 3;

const MANY_CHANNELS = { organization: '500 channels', count: 1_000_000, channels: 500 };

export async function measureRollups(server, { large }) {
  const [month, year] = large ? ['10M', 'year12M'] : ['1M', 'year'];
  const cases = [
    ...[month, year].flatMap((name) =>
      ['report', 'breakdown', 'overview'].map((method) => ({
        method,
        organization: name,
        range: STREAMS[name].range,
        label: STREAMS[name].label,
      })),
    ),
    {
      method: 'breakdown',
      organization: MANY_CHANNELS.organization,
      range: MONTH,
      label: '1M in a month on 500 channels',
    },
  ];
  return server.withDatabase(async (url) => {
    await fillStreams(url, [month, year]);
    await fillMonth(url, MANY_CHANNELS);
    await query(url, 'vacuum (analyze) messages');
    const sealingMs = await withProgress('store all days', 1, () => time(() => sealAll(url)));
    const reports = await measureReports(url, cases);
    const overHttp = await measureOverHttp(url, month);
    const size = await measureSize(url, month);
    const writes = await measureWrites(url);
    return toSection(reports, { overHttp, sealingMs, size, writes });
  });
}

async function sealAll(url) {
  await withDataSource(url, async (dataSource) => {
    const sealer = rollupSealer(dataSource);
    do await sealer.sealPending();
    while ((await sealer.status()).oldestUnsealedDay !== undefined);
  });
  await query(url, 'vacuum (analyze) messages_rollup_days');
  await query(url, 'vacuum (analyze) messages_rollup_channels');
}

/** Uses a single connection, so that reports are measured one after the other. */
function openReports(url, rollups) {
  const imports = [
    TypeOrmModule.forRoot(dataSourceOptions(url, { poolSize: 1 })),
    ReportsModule.forRoot({ controller: false, rollups }),
  ];
  return NestFactory.createApplicationContext({ module: class Bench {}, imports }, { logger: false });
}

async function measureReports(url, cases) {
  const applications = [await openReports(url, false), await openReports(url, true)];
  const [plain, stored] = applications.map((application) => application.get(AvailabilityService, { strict: false }));
  const measured = [];
  try {
    for (const one of cases) {
      const { method, organization, range } = one;
      const request = {
        organizationId: organization,
        start: new Date(range.start),
        end: new Date(Date.parse(range.end) + 1),
      };
      const ask = (service) => service[method](request, 'month');
      assert.deepEqual(await ask(stored), await ask(plain));
      const times = await withProgress(`${method}: ${one.label}`, 1, () =>
        takeTurns(ROUNDS, {
          plain: () => time(() => ask(plain)),
          stored: () => time(() => ask(stored)),
        }),
      );
      measured.push({ ...one, plain: median(times.plain), stored: median(times.stored) });
    }
  } finally {
    for (const application of applications) await application.close();
  }
  return measured;
}

/** Requests per second for a report on a month, from two servers in turn. */
async function measureOverHttp(url, organization) {
  const path = `/backend/reports/${organization}/chats/availability?startDate=2023-01-01&endDate=2023-01-31`;
  return withServer(url, { ...UNLIMITED, ROLLUPS: 'off' }, (plain) =>
    withServer(url, UNLIMITED, (stored) =>
      withProgress('requests', 1, async () => {
        const ask = async (address, seconds) => (await load(organization, address + path, seconds)).perSecond;
        for (const address of [plain, stored]) await ask(address, WARM_UP_SECONDS);
        const measured = await takeTurns(ROUNDS_OVER_HTTP, {
          plain: () => ask(plain, ROUND_SECONDS),
          stored: () => ask(stored, ROUND_SECONDS),
        });
        return { plain: median(measured.plain), stored: median(measured.stored) };
      }),
    ),
  );
}

async function measureSize(url, organization) {
  const [{ share }] = await query(
    url,
    `select (days + channels) / (messages * size) as share
     from (select sum(pg_column_size(d))::float8 as days from messages_rollup_days d where organization = $1) d,
       (select sum(pg_column_size(c))::float8 as channels from messages_rollup_channels c where organization = $1) c,
       (select count(*)::float8 as messages from messages where organization_id = $1) m,
       (select pg_total_relation_size('messages')::float8 / count(*) as size from messages) s`,
    [organization],
  );
  return share;
}

async function measureWrites(url) {
  // Two tables of the same size, empty at first: only one has triggers.
  const tables = { with: 'messages_marked', without: 'messages_bare' };
  for (const table of Object.values(tables)) await query(url, `create table ${table} (like messages including all)`);
  const { up } = await rollupMigration((text, values) => query(url, text, values), { table: tables.with });
  for (const statement of up) await query(url, statement);
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect(url)));
  const each = (work) =>
    takeTurns(
      WRITE_ROUNDS,
      Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, () => time(() => work(table))])),
    );
  try {
    const single = await each((table) => Promise.all(clients.map((client) => insertSingly(client, table))));
    const late = await each((table) => insertLate(clients[0], table));
    return { single: ratioOf(single), late: ratioOf(late) };
  } finally {
    for (const client of clients) await client.end();
  }
}

/** The median of the ratios in pairs that were measured one after the other. */
function ratioOf(measured) {
  return median(measured.with.map((ms, round) => ms / measured.without[round]));
}

async function insertSingly(client, table) {
  const insert = `insert into ${table} values ('now', 'web', 's', clock_timestamp(), gen_random_uuid())`;
  for (let index = 0; index < INSERTS_PER_CLIENT; index++) await client.query(insert);
}

async function insertLate(client, table) {
  await client.query(
    `insert into ${table} select 'late', 'web', 's' || i / 20, timestamptz '2022-01-01' + i * interval '13 seconds', gen_random_uuid()
     from generate_series(1, $1::int) i`,
    [LATE_ROWS],
  );
}

async function connect(url) {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

function toSection(reports, { overHttp, sealingMs, size, writes }) {
  const rows = reports.map(({ method, label, plain, stored }) => [
    `${method}, ${label}`,
    formatMs(plain),
    formatMs(stored),
    formatRatio(plain / stored),
  ]);
  const [reportOnMonth, , , reportOnYear, , , breakdownOfMany] = reports.map(({ plain, stored }) => plain / stored);
  const target = (text, isReached, measured) => ({ text, isReached, measured });
  const isTimesAsFast = (what, factor, ratio) =>
    target(`${what} is at least ${factor} times as fast`, ratio >= factor, formatRatio(ratio));
  return {
    title: 'Stored days',
    paragraphs: [
      `Reports, breakdowns, and overviews (what the admin page asks for) of whole ranges, from [stored days](stored-days.md) and from messages, on one connection, in turn. The
times include what Node.js does; both answers are the same, or the run fails. Storing all days took ${formatCount(sealingMs / 1000)} s.
Over HTTP, ${CONNECTIONS} connections get ${formatCount(overHttp.stored)} reports on the month a second from stored days, and
${formatCount(overHttp.plain)} from messages.`,
      `With the triggers, a statement that inserts ${formatCount(LATE_ROWS)} late messages takes ${formatRatio(writes.late)} as long. An [import](#the-import) marks
the days of its messages itself, and is measured there.`,
    ],
    tables: [{ head: ['', 'messages (ms)', 'stored days (ms)', 'messages / stored days'], rows }],
    targets: [
      isTimesAsFast('a report on a month', 10, reportOnMonth),
      isTimesAsFast('a report on a year', 20, reportOnYear),
      isTimesAsFast('a breakdown of 500 channels', 10, breakdownOfMany),
      target(
        `over HTTP, there are at least 8 times as many reports on a month a second`,
        overHttp.stored / overHttp.plain >= 8,
        formatRatio(overHttp.stored / overHttp.plain),
      ),
      target(
        `single inserts of the present by ${CLIENTS} clients have at least 0.95 times the throughput`,
        1 / writes.single >= 0.95,
        formatRatio(1 / writes.single),
      ),
      target(
        'the stored days of a month take at most 1 % of the space of its messages',
        size <= 0.01,
        `${(size * 100).toFixed(2)} %`,
      ),
    ],
  };
}
