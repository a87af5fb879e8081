/** Streams of messages, made by the database itself, the same ones in every run. */
import pg from 'pg';
import { withProgress } from './measure.mjs';

const MONTH = { start: '2023-01-01T00:00:00Z', end: '2023-01-31T23:59:59.999Z', days: 31 };
const YEAR = { start: '2023-01-01T00:00:00Z', end: '2023-12-31T23:59:59.999Z', days: 365 };

/**
 * The messages of a stream are spread evenly over its range, each at a random instant of its share of the time, but for
 * seven silent minutes at four in the morning. A steady one comes at fixed intervals and is never silent.
 */
export const STREAMS = {
  '100k': { label: '100k messages in a month', range: MONTH, count: 100_000 },
  '1M': { label: '1M messages in a month', range: MONTH, count: 1_000_000 },
  '10M': { label: '10M messages in a month', range: MONTH, count: 10_000_000, isLarge: true },
  sparse: { label: 'sparse: 4k messages in a month', range: MONTH, count: 4_000 },
  busy: { label: 'never silent: 2.7M in a month', range: MONTH, count: 2_678_400, isSteady: true },
  year: { label: '3M messages in a year', range: YEAR, count: 3_000_000 },
};

const DAY_MS = 86_400_000;
const CHUNK = 250_000;

/** Fills the table of messages with streams, each an organization of that name. Leaves it vacuumed and analyzed. */
export async function fillStreams(url, names) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    // The same random numbers in every run.
    await client.query('select setseed(0.5)');
    for (const name of names) await fillStream(client, name);
    await withProgress('vacuum analyze', 1, () => client.query('vacuum (analyze) messages'));
    await client.query('checkpoint').catch(() => undefined);
  } finally {
    await client.end();
  }
}

async function fillStream(client, name) {
  const { label, count, isSteady = false, range } = STREAMS[name];
  const spacingMs = (range.days * DAY_MS) / count;
  await withProgress(`fill: ${label}`, count, async (update) => {
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(from + CHUNK, count) - 1;
      await client.query(INSERT, [name, range.start, spacingMs, isSteady, from, to]);
      update(to + 1);
    }
  });
}

/** $1 organization, $2 start, $3 mean spacing in ms, $4 whether it is steady, $5 and $6 the first and last message */
const INSERT = `
  insert into messages (organization_id, channel, session_id, created_at, id)
  select $1::text, 'channel' || i % 5, 'session' || i / 20, at, gen_random_uuid()
  from (
    select i, date_trunc('milliseconds',
      $2::timestamptz + (i + case when $4 then 0 else random() end) * $3::float8 * interval '1 millisecond') as at
    from generate_series($5::int, $6::int) i
  ) made
  where $4 or (at at time zone 'UTC')::time not between '04:00' and '04:07'
  order by at`;
