/** What the two indexes of the product's table cost those who write, beside a table with a primary key alone. */
import pg from 'pg';
import { formatCount, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';

const FILLED = 500_000;
const ROUNDS = 40;
const TABLES = { product: 'messages', bare: 'messages_bare' };
const BATCHES = [
  { label: '1 message', size: 1, rounds: 300 },
  { label: '100 messages', size: 100, rounds: 150 },
  { label: '10,000 messages', size: 10_000, rounds: ROUNDS },
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
        head: ['one insert of', 'product, messages/s', 'bare, messages/s', 'time', 'written-ahead log'],
        rows,
      },
    ],
  };
}

const INTRODUCTION = `Inserts into the product's table, which has a primary key (organization_id, created_at, id) and an index
by channel, beside a table of the same columns with a primary key (id) alone, both with half a million messages. Each insert
is a transaction with messages of 50 organizations as they come in time, and random ids. The time and the bytes of the
write-ahead log are those of the product's table divided by those of the other.`;

async function fill(client) {
  await client.query('create table messages_bare (like messages, primary key (id))');
  for (const table of Object.values(TABLES)) {
    await insert(client, table, FILLED, 0);
    await client.query(`vacuum (analyze) ${table}`);
  }
  await client.query('checkpoint').catch(() => undefined);
}

async function measureBatches(client, update) {
  const rows = [];
  let written = FILLED;
  for (const { label, size, rounds } of BATCHES) {
    const works = Object.entries(TABLES).map(([name, table]) => [
      name,
      async () => {
        const before = await walPosition(client);
        const ms = await time(() => insert(client, table, size, (written += size)));
        return { ms, bytes: (await walPosition(client)) - before };
      },
    ]);
    const measured = await takeTurns(rounds, Object.fromEntries(works));
    const of = (name, figure) => median(measured[name].map((round) => round[figure]));
    rows.push([
      label,
      formatCount((size / of('product', 'ms')) * 1000),
      formatCount((size / of('bare', 'ms')) * 1000),
      formatRatio(of('product', 'ms') / of('bare', 'ms')),
      formatRatio(of('product', 'bytes') / of('bare', 'bytes')),
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
