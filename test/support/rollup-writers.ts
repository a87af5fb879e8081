import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { markStagedDays } from '../../src/import/day-marks';
import type { Random } from './random';

/** How far back late writes reach, in milliseconds. */
export const PAST_MS = 20_000;

/** How long writers, sealers and readers go on. */
export interface Race {
  isOver: boolean;
}

/** Errors of a client that was stopped: by a deadlock, by a serialization failure, or by an administrator. */
const STOPPED = /^(40P01|40001|57P01)$/;

const LATE = `clock_timestamp() - random() * interval '${PAST_MS} milliseconds'`;

const insertAt = (at: string) => `
  insert into messages (organization_id, channel, session_id, created_at, id)
  select '123456', (array['web', 'mail', ''])[ceil(random() * 3)], 's' || ceil(random() * 3), ${at}, gen_random_uuid()`;

const someOf = (count: number) => `
  id in (select id from messages where created_at > clock_timestamp() - interval '${PAST_MS} milliseconds'
         order by random() limit ${count})`;

const RECENT = insertAt('clock_timestamp()');

/** In a day that was not over when the transaction began, and may have been stored since. */
const AT_BEGIN = insertAt('now()');

const CHANGES = [
  insertAt(LATE),
  `${insertAt(LATE)} from generate_series(1, 20)`,
  `update messages set created_at = ${LATE} where ${someOf(1)}`,
  `update messages set channel = 'moved', session_id = 's4' where ${someOf(2)}`,
  `delete from messages where ${someOf(3)}`,
  `delete from messages where ${someOf(1)}`,
];

/** Does what an import does: stages messages, marks their days and inserts them, with pauses in between. */
async function insertAsImport(client: Client, random: Random, dayMs: number): Promise<void> {
  const pause = () => sleep(random.choose([0, 0, 300, 1_500]));
  await client.query(`
    create temporary table staged (like messages) on commit drop;
    ${insertAt(LATE).replace('messages', 'staged')} from generate_series(1, 20)`);
  await client.query('savepoint before_store');
  await pause();
  await markStagedDays(client, dayMs);
  await pause();
  await client.query('insert into messages select * from staged');
  if (random.chance(0.8)) return;
  await client.query('rollback to before_store');
  await client.query('insert into messages select * from staged on conflict do nothing');
}

/**
 * Writes until the race is over: mostly recent messages, committed at once or long after the end of their day. One
 * transaction in five begins long before it writes, one in twenty is that of an import, and one statement in seven
 * changes the past. Some transactions are rolled
 * back, completely or to a savepoint, and some are REPEATABLE READ.
 */
export async function writeMessages(url: string, random: Random, race: Race, dayMs: number): Promise<void> {
  const client = new Client(url);
  await client.connect();
  while (!race.isOver) {
    try {
      if (random.chance(0.002)) await client.query('truncate messages');
      await writeOnce(client, random, dayMs);
    } catch (error) {
      if (!STOPPED.test((error as { code?: string }).code ?? '')) throw error;
      await client.query('rollback');
    }
  }
  await client.end();
}

async function writeOnce(client: Client, random: Random, dayMs: number): Promise<void> {
  await client.query(random.chance(0.2) ? 'begin isolation level repeatable read' : 'begin');
  // A transaction gets its number with its first write, and storing days does not wait for one without a number.
  const waitsMs = random.choose([0, 0, 0, 0, 0, 0, 0, 0, 2_500, 6_000]);
  await sleep(waitsMs);
  const statement = () => (random.chance(0.15) ? random.choose(CHANGES) : waitsMs > 0 ? AT_BEGIN : RECENT);
  const isImport = random.chance(0.05);
  await (isImport ? insertAsImport(client, random, dayMs) : client.query(statement()));
  await sleep(random.choose([0, 0, 0, 10, 50, 700, 2_000]));
  // An import inserts nothing but what it has marked.
  if (!isImport && random.chance(0.3)) {
    await client.query('savepoint half');
    await client.query(statement());
    if (random.chance(0.5)) await client.query('rollback to half');
    await client.query(statement());
  }
  await client.query(random.chance(0.8) ? 'commit' : 'rollback');
  await sleep(random.below(10));
}
