/** A window function in DuckDB, a column store in the memory of this process, over the same rows. */
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { toDowntime } from './report.methods.mjs';

const THRESHOLD_MS = 120_000;

const ROWS = `
  copy (
    select organization_id, session_id, (extract(epoch from created_at) * 1000)::bigint as at_ms, id
    from messages order by organization_id, created_at, id
  ) to stdout (format csv, header)`;

const LAG = `
  select previous_ms + ${THRESHOLD_MS} as start_ms, at_ms as end_ms, session_id
  from (
    select at_ms, lag(at_ms) over in_order as previous_ms, lag(session_id) over in_order as session_id
    from messages
    where organization_id = $1 and at_ms between $2 and $3
    window in_order as (order by at_ms, id)
  )
  where at_ms - previous_ms > ${THRESHOLD_MS}
  order by at_ms`;

/**
 * Copies the messages to DuckDB.
 *
 * @param folder for an intermediate file, which is removed
 */
export async function openDuckDb(url, folder) {
  const file = join(folder, 'messages.csv');
  await exportMessages(url, file);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `create table messages as select * from read_csv('${file}', types = {'organization_id': 'varchar'})`,
  );
  rmSync(file);
  return {
    async answer(organizationId, start, end) {
      const values = [organizationId, BigInt(Date.parse(start)), BigInt(Date.parse(end))];
      const rows = (await connection.runAndReadAll(LAG, values)).getRows();
      return rows.map(([start_ms, end_ms, session_id]) => toDowntime(Number(start_ms), Number(end_ms), session_id));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function exportMessages(url, file) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await pipeline(client.query(copyStreams.to(ROWS)), createWriteStream(file));
  } finally {
    await client.end();
  }
}
