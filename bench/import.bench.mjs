/**
 * The import beside what a database administrator would do: `npm run import` of a CSV file, and `psql \copy` of it into a
 * table with the same columns and indexes (a plain COPY where psql is not installed).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { query } from './bench-server.mjs';
import { formatCount, formatRatio, median, takeTurns, time, withProgress } from './measure.mjs';

const ROWS = 1_000_000;
const ROUNDS = 3;
const COLUMNS = 'organization_id, channel, session_id, created_at, id';
const hasPsql = spawnSync('psql', ['--version']).status === 0;
const COPY_NAME = hasPsql ? 'psql \\copy' : 'COPY';

export async function measureImport(server) {
  const file = join(server.folder, 'messages.csv');
  await withProgress('write a file of messages', ROWS, (update) => writeMessages(file, update));
  const times = await server.withDatabase((url) =>
    withProgress(`import and ${COPY_NAME}`, ROUNDS * 2, (update) => {
      let done = 0;
      const measure = async (work) => {
        await query(url, 'truncate messages');
        const ms = await time(work);
        update(++done);
        return ms;
      };
      return takeTurns(ROUNDS, {
        imported: () => measure(() => execFileSync('npm', ['run', '-s', 'import', '--', file], options(url))),
        copied: () => measure(() => copy(url, file)),
      });
    }),
  );
  const [imported, copied] = [median(times.imported), median(times.copied)];
  return {
    title: 'The import',
    paragraphs: [INTRODUCTION],
    tables: [
      {
        head: [`${formatCount(ROWS)} messages`, 'seconds', 'messages/s', 'time'],
        rows: [
          [COPY_NAME, ...toCells(copied, copied)],
          ['import', ...toCells(imported, copied)],
        ],
      },
    ],
  };
}

const INTRODUCTION = `\`npm run import\` of a CSV file, whole process, beside \`psql \\copy\` of the same file into the same
empty table with its two indexes. The import also checks every value, leaves out what is there already, gives ids to rows
that have none, and leaves the table vacuumed and analyzed.`;

function toCells(ms, comparedMs) {
  return [(ms / 1000).toFixed(1), formatCount((ROWS / ms) * 1000), formatRatio(ms / comparedMs)];
}

async function copy(url, file) {
  const statement = `copy messages (${COLUMNS}) from stdin with (format csv, header)`;
  if (hasPsql) {
    const command = statement.replace('copy', '\\copy').replace('stdin', `'${file}'`);
    execFileSync('psql', [url, '-c', command], options(url));
    return;
  }
  const client = new pg.Client(url);
  await client.connect();
  await pipeline(createReadStream(file), client.query(copyFrom(statement)));
  await client.end();
}

function options(url) {
  return { stdio: 'ignore', env: { ...process.env, DATABASE_URL: url } };
}

async function writeMessages(file, update) {
  const stream = createWriteStream(file);
  stream.write('organization_id,channel,session_id,created_at,id\n');
  const start = Date.parse('2023-01-01T00:00:00Z');
  for (let row = 0; row < ROWS; row++) {
    const at = new Date(start + row * 2_500).toISOString();
    const line = `org${row % 7},channel${row % 5},session${(row * 7919) % 100_000},${at},${randomUUID()}\n`;
    if (stream.write(line)) continue;
    await once(stream, 'drain');
    update(row);
  }
  stream.end();
  await once(stream, 'finish');
}
