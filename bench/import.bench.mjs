/**
 * Compares the import with what a database administrator would do: `npm run import` of a CSV file, and `psql \copy` of
 * it into the same table, with and without the triggers of stored days. Without psql, COPY is used instead.
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
const ROUNDS = 5;
/** An import may take at most this many times as long as the copy. */
const LIMIT = 2;
/** The triggers may make an import take at most this many times as long. */
const LIMIT_OF_TRIGGERS = 1.25;
const COLUMNS = 'organization_id, channel, session_id, created_at, id';
const hasPsql = spawnSync('psql', ['--version']).status === 0;
const COPY_NAME = hasPsql ? 'psql \\copy' : 'COPY';

export async function measureImport(server) {
  const file = join(server.folder, 'messages.csv');
  await withProgress('write a CSV file', ROWS, (update) => writeMessages(file, update));
  const times = await server.withDatabase((url) =>
    withProgress(`import and ${COPY_NAME}`, ROUNDS * 4, (update) => {
      let done = 0;
      const measure = async (trigger, work) => {
        await query(url, `alter table messages ${trigger} trigger chat_rollup_insert`);
        await query(url, 'truncate messages');
        await query(url, 'delete from messages_rollup_marks');
        const ms = await time(work);
        update(++done);
        return ms;
      };
      const importFile = () => execFileSync('npm', ['run', '-s', 'import', '--', file], options(url));
      return takeTurns(ROUNDS, {
        copied: () => measure('disable', () => copy(url, file)),
        imported: () => measure('disable', importFile),
        importedMarked: () => measure('enable always', importFile),
        copiedMarked: () => measure('enable always', () => copy(url, file)),
      });
    }),
  );
  const ratio = (name, reference) => median(times[name].map((ms, round) => ms / times[reference][round]));
  const row = (label, name) => [label, ...toCells(median(times[name]), ratio(name, 'copied'))];
  const target = (text, limit, measured) => ({ text, isReached: measured <= limit, measured: formatRatio(measured) });
  return {
    title: 'The import',
    paragraphs: [INTRODUCTION],
    tables: [
      {
        head: [`${formatCount(ROWS)} messages`, 'seconds', 'messages/s', 'time'],
        rows: [
          row(`${COPY_NAME}, without triggers`, 'copied'),
          row('import, without triggers', 'imported'),
          row('import, with triggers', 'importedMarked'),
          row(`${COPY_NAME}, with triggers`, 'copiedMarked'),
        ],
      },
    ],
    targets: [
      target(
        `with triggers, the import takes at most ${LIMIT_OF_TRIGGERS} times as long as without`,
        LIMIT_OF_TRIGGERS,
        ratio('importedMarked', 'imported'),
      ),
      target(
        `with triggers, the import takes at most ${LIMIT} times as long as ${COPY_NAME} without`,
        LIMIT,
        ratio('importedMarked', 'copied'),
      ),
      target(
        `with triggers, the import takes at most ${LIMIT} times as long as ${COPY_NAME} with them`,
        LIMIT,
        ratio('importedMarked', 'copiedMarked'),
      ),
    ],
  };
}

const INTRODUCTION = `\`npm run import\` of a CSV file without quotes, from start to exit of the process, compared with \`psql \\copy\` of the same
file into the same empty table with its two indexes, both with and without the triggers of [stored days](stored-days.md). All
messages are of the past, of seven organizations in turn. The import also validates every value, skips messages that already exist,
generates missing IDs, and vacuums and analyzes the table. Ratios are medians of those of each round.`;

function toCells(ms, ratio) {
  return [(ms / 1000).toFixed(1), formatCount((ROWS / ms) * 1000), formatRatio(ratio)];
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
