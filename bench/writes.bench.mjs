/** Measures the cost of the product's two indexes to writers, compared with a table that has only a primary key. */
import pg from 'pg';
import { formatCount, formatRatio, medianOf, takeTurns, time, withProgress } from './measure.mjs';

const INITIAL_ROWS = 500_000;
const TABLES = { product: 'messages', bare: 'messages_bare' };
const BATCHES = [
  { label: '1 message', size: 1, rounds: 300 },
  { label: '100 messages', size: 100, rounds: 150 },
  { label: '10,000 messages', size: 10_000, rounds: 40 },
];

export async function measureWrites(server) {
  const rows = await server.withDatabase(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      await withProgress('fill both tables', 1, () => fill(client));
      return await withProgress('inserts', BATCHES.length, (update) => measureBatches(client, update));
    } finally {
      await client.end();
    }
  });
  return {
    title: 'Writes',
    paragraphs: [INTRODUCTION],
    tables: [
      {
        head: ['one insert of', 'messages/s', 'bare, messages/s', 'time', 'write-ahead log'],
        rows,
      },
    ],
  };
}

const INTRODUCTION = `Inserts into the messages table, which has a primary key (organization_id, created_at, id) and an index by
channel, compared with a bare table that has the same columns and only a primary key (id). Both hold half a million messages.
Each insert is a transaction with messages from 50 organizations, in order of time and with random IDs. Time and write-ahead
log (in bytes) are those of the messages table divided by those of the bare one.`;

async function fill(client) {
  await client.query('create table messages_bare (like messages, primary key (id))');
  for (const table of Object.values(TABLES)) {
    await insert(client, table, INITIAL_ROWS, 0);
    await client.query(`vacuum (analyze) ${table}`);
  }
  await client.query('checkpoint').catch(() => undefined);
}

async function measureBatches(client, update) {
  const rows = [];
  let written = INITIAL_ROWS;
  for (const { label, size, rounds } of BATCHES) {
    const candidates = Object.entries(TABLES).map(([name, table]) => [
      name,
      async () => {
        const before = await walPosition(client);
        const ms = await time(() => insert(client, table, size, (written += size)));
        return { ms, bytes: (await walPosition(client)) - before };
      },
    ]);
    const { product, bare } = await takeTurns(rounds, Object.fromEntries(candidates));
    rows.push([
      label,
      formatCount((size / medianOf(product, 'ms')) * 1000),
      formatCount((size / medianOf(bare, 'ms')) * 1000),
      formatRatio(medianOf(product, 'ms') / medianOf(bare, 'ms')),
      formatRatio(medianOf(product, 'bytes') / medianOf(bare, 'bytes')),
    ]);
    update(rows.length);
  }
  return rows;
}

async function insert(client, table, count, from) {
  await client.query(
    `insert into ${table} (organization_id, channel, session_id, created_at, id)
     select 'organization' || i % 50, 'channel' || i % 7, 'session' || i / 1000,
       timestamptz '2023-01-01' + i * interval '50 milliseconds', gen_random_uuid()
     from generate_series($1::int, $2::int) i`,
    [from, from + count - 1],
  );
}

async function walPosition(client) {
  const { rows } = await client.query("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as position");
  return rows[0].position;
}
