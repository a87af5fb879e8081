import type { AvailabilityBreakdown, Downtime } from '@chat-reports/nestjs';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { casesOf } from '../support/cases';
import { TestDatabase } from '../support/database';
import { Random } from '../support/random';
import {
  anyInstantMs,
  type DowntimeRow,
  expectedDowntimes,
  keepTransactions,
  ORIGIN_MS,
  type Question,
  questionAround,
  SPAN_MS,
} from '../support/snapshot';

/** With the same seed, readers and writers do the same things, but not necessarily in the same order. */
const SEED = jest.getSeed();
const COMPARISONS = casesOf(10_000);
const QUESTIONS_PER_SNAPSHOT = 20;
/** The test takes half a minute on an idle machine, but it may have to share one. */
const TIMEOUT_MS = 240_000;
const WRITERS = 3;
const READERS = 3;

describe('a report while others write', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    const random = new Random(SEED);
    const messages = Array.from({ length: 100 }, () => ({
      at: anyInstantMs(random),
      channel: random.choose(['web', 'mail', '']),
      sessionId: random.choose(['s1', 's2', 's3']),
    }));
    await database.insert(messages);
    await database.dataSource.query('vacuum analyze messages');
  });
  afterAll(() => database.drop());

  it(
    'equals a window function over the same snapshot, for every range, channel and edge',
    async () => {
      const changes = new Changes();
      const writers = Array.from({ length: WRITERS }, (_, index) =>
        write(database.url, new Random(SEED + 1 + index), changes),
      );
      const seen = new Set<string>();
      let comparisons = 0;
      let downtimes = 0;
      const read = async (_: unknown, index: number) => {
        const random = new Random(SEED - 1 - index);
        const reader = await Reader.open(database.url);
        try {
          while (comparisons < COMPARISONS) {
            await changes.next();
            seen.add(await reader.begin());
            for (let count = 0; count < QUESTIONS_PER_SNAPSHOT; count++) {
              downtimes += await reader.compare(questionAround(random, reader.instants));
              comparisons++;
            }
            await reader.end();
          }
        } finally {
          await reader.close();
        }
      };
      try {
        await Promise.all(Array.from({ length: READERS }, read));
      } finally {
        changes.isOver = true;
        await Promise.all(writers);
      }
      expect(comparisons).toBeGreaterThanOrEqual(COMPARISONS);
      expect(downtimes).toBeGreaterThan(COMPARISONS);
      // All readers may take the same snapshot, and some commits change nothing.
      expect(seen.size).toBeGreaterThan(COMPARISONS / QUESTIONS_PER_SNAPSHOT / READERS / 2);
    },
    TIMEOUT_MS,
  );
});

/** Tells readers about commits, so that slow writers never leave fast readers with the same snapshot. */
class Changes extends EventEmitter {
  isOver = false;

  async next(): Promise<void> {
    await once(this, 'commit');
  }
}

/**
 * Asks the product and the window function on one connection and in one transaction, so that both see the same
 * messages.
 */
class Reader {
  /** When the messages of the snapshot were sent. */
  instants: number[] = [];
  private constructor(private readonly availability: OpenAvailability) {}

  static async open(url: string): Promise<Reader> {
    const availability = await openAvailability(url, { connections: { poolSize: 1 } });
    await keepTransactions(availability.dataSource);
    return new Reader(availability);
  }

  private get dataSource(): DataSource {
    return this.availability.dataSource;
  }

  /** Takes a snapshot. Returns a text that identifies it: the messages in it. */
  async begin(): Promise<string> {
    await this.dataSource.query('begin isolation level repeatable read');
    const [row] = await this.dataSource.query<[{ fingerprint: string; instants: number[] }]>(`
      select md5(string_agg(m::text, ' ' order by id)) as fingerprint,
        array_agg((extract(epoch from created_at) * 1000)::float8) as instants
      from messages m`);
    this.instants = row.instants;
    return row.fingerprint;
  }

  /** Returns the number of downtimes that both have found. */
  async compare(question: Question): Promise<number> {
    const { service } = this.availability;
    const expected = await expectedDowntimes(this.dataSource, question);
    const [found, wanted] = question.isByChannel
      ? [(await service.breakdown(question)).channels.flatMap(toSum), sumsOf(expected)]
      : [(await service.report(question)).downtimes.map(toText), expected.map(toRowText)];
    // Compared as text, since ten thousand deep comparisons take longer than the reports themselves.
    expect(JSON.stringify({ question, found: found.sort() })).toBe(JSON.stringify({ question, found: wanted.sort() }));
    return expected.length;
  }

  async end(): Promise<void> {
    await this.dataSource.query('rollback');
  }

  async close(): Promise<void> {
    await this.availability.close();
  }
}

function toText({ start, end, sessionId }: Downtime): string {
  return JSON.stringify([start.getTime(), end.getTime(), sessionId]);
}

function toRowText({ start_ms, end_ms, session_id }: DowntimeRow): string {
  return JSON.stringify([start_ms, end_ms, session_id]);
}

/** A breakdown counts and adds up the downtimes of a channel. */
function toSum({ channel, report }: AvailabilityBreakdown['channels'][number]): string[] {
  return report.outages === 0 ? [] : [JSON.stringify([channel, report.outages, report.totalDowntimeMs])];
}

function sumsOf(rows: DowntimeRow[]): string[] {
  const channels = new Set(rows.map(({ channel }) => channel));
  return [...channels].map((channel) => {
    const own = rows.filter((row) => row.channel === channel);
    return JSON.stringify([channel, own.length, own.reduce((sum, row) => sum + row.end_ms - row.start_ms, 0)]);
  });
}

/**
 * Until the test is over, inserts messages in and out of order, moves and deletes them, and rolls back every fourth
 * change.
 */
async function write(url: string, random: Random, changes: Changes): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query('select setseed($1)', [random.fraction()]);
  const anyMessage = 'id in (select id from messages order by random() limit $1)';
  const instant = () => new Date(anyInstantMs(random));
  const add = (at: Date) => insert(client, random, at);
  const ways = [
    () => add(instant()),
    () => client.query('select max(created_at) as last from messages').then(({ rows }) => add(after(random, rows))),
    () => client.query(`update messages set created_at = $2 where ${anyMessage}`, [1, instant()]),
    () => client.query(`update messages set channel = 'moved', session_id = 's4' where ${anyMessage}`, [2]),
    () => client.query(`update messages set channel = 'web' where channel = 'moved'`),
    // Keeps the number of messages at about 100.
    () =>
      client.query(`
        delete from messages where id in (
          select id from messages order by random() limit greatest(1, (select count(*) from messages) - 100))`),
  ];
  while (!changes.isOver) {
    await client.query('begin');
    try {
      for (let count = random.below(3); count >= 0; count--) await random.choose(ways)();
      const isKept = random.chance(0.75);
      await client.query(isKept ? 'commit' : 'rollback');
      if (isKept) changes.emit('commit');
      // Leaves the machine to readers now and then.
      await sleep(5);
    } catch (error) {
      // A deadlock of two writers, of which the database has stopped one.
      await client.query('rollback');
      if ((error as { code?: string }).code !== '40P01') throw error;
    }
  }
  await client.end();
}

function after(random: Random, rows: unknown[]): Date {
  const [{ last }] = rows as [{ last: Date }];
  const wrapped = last.getTime() > ORIGIN_MS + 2 * SPAN_MS ? ORIGIN_MS : last.getTime();
  return new Date(wrapped + random.below(200_000));
}

async function insert(client: Client, random: Random, at: Date): Promise<void> {
  const values = [at, random.choose(['web', 'mail', '', 'new']), random.choose(['s1', 's2', 's3']), randomUUID()];
  await client.query(
    `insert into messages (organization_id, created_at, channel, session_id, id) values ('123456', $1, $2, $3, $4)`,
    values,
  );
}
