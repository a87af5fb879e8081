import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { AvailabilityService } from '../libs/reports/src/availability/availability.service';
import { MessageRepository } from '../libs/reports/src/messages/message.repository';
import { MessageSource } from '../libs/reports/src/messages/message.source';
import { dataSourceOptions } from '../src/database/data-source';
import { TestDatabase } from './support/database';
import {
  anyInstantMs,
  chooseFrom,
  SPAN_MS,
  expectedDowntimes,
  ORIGIN_MS,
  type Question,
  questionAround,
} from './support/snapshot';

const COMPARISONS = 10_000;
const QUESTIONS_PER_SNAPSHOT = 20;
/** Half a minute on a machine of its own, but the tests may have to share one. */
const TIMEOUT_MS = 240_000;
const WRITERS = 3;
const READERS = 3;

describe('a report while others write', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    const messages = Array.from({ length: 100 }, () => ({
      at: anyInstantMs(),
      channel: chooseFrom(['web', 'mail', '']),
      sessionId: chooseFrom(['s1', 's2', 's3']),
    }));
    await database.insert(messages);
    await database.dataSource.query('vacuum analyze messages');
  });
  afterAll(() => database.drop());

  it(
    'equals a window function over the same snapshot, for every range, channel and edge',
    async () => {
      let isOver = false;
      const writers = Array.from({ length: WRITERS }, () => write(database.url, () => isOver));
      const seen = new Set<string>();
      let comparisons = 0;
      let downtimes = 0;
      const read = async () => {
        const reader = await Reader.open(database.url);
        try {
          while (comparisons < COMPARISONS) {
            seen.add(await reader.begin());
            for (let count = 0; count < QUESTIONS_PER_SNAPSHOT; count++) {
              downtimes += await reader.compare(questionAround(reader.instants));
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
        isOver = true;
        await Promise.all(writers);
      }
      expect(comparisons).toBeGreaterThanOrEqual(COMPARISONS);
      expect(downtimes).toBeGreaterThan(COMPARISONS);
      // The writers did change what there was to read, all the time.
      expect(seen.size).toBeGreaterThan(COMPARISONS / QUESTIONS_PER_SNAPSHOT / 4);
    },
    TIMEOUT_MS,
  );
});

/** Asks the product and the window function on one connection, in one transaction: so both see the same messages. */
class Reader {
  /** When the messages of the snapshot were sent. */
  instants: number[] = [];
  private readonly availability: AvailabilityService;

  private constructor(private readonly dataSource: DataSource) {
    this.availability = new AvailabilityService(new MessageRepository(new MessageSource(dataSource, {})), {});
  }

  static async open(url: string): Promise<Reader> {
    return new Reader(await new DataSource({ ...dataSourceOptions(url), poolSize: 1 } as never).initialize());
  }

  /** Takes a snapshot. Returns what tells it from others: the messages in it. */
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
    const expected = await expectedDowntimes(this.dataSource, question);
    const found = question.isByChannel
      ? (await this.availability.breakdown(question)).channels.map(({ channel, report }) => ({ channel, report }))
      : [{ channel: null, report: await this.availability.report(question) }];
    const rows = found.flatMap(({ channel, report }) =>
      report.downtimes.map(({ start, end, sessionId }) => ({
        channel,
        start_ms: start.getTime(),
        end_ms: end.getTime(),
        session_id: sessionId,
      })),
    );
    const inOrder = (all: typeof rows) =>
      all.map((row) => JSON.stringify([row.channel, row.start_ms, row.end_ms, row.session_id])).sort();
    // In one text, since ten thousand deep comparisons take longer than what is compared.
    expect(JSON.stringify({ question, rows: inOrder(rows) })).toBe(
      JSON.stringify({ question, rows: inOrder(expected) }),
    );
    return rows.length;
  }

  async end(): Promise<void> {
    await this.dataSource.query('commit');
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }
}

/** Inserts in and out of order, moves, deletes, and takes every fourth change back, until it is over. */
async function write(url: string, isOver: () => boolean): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const anyMessage = 'id in (select id from messages order by random() limit $1)';
  const instant = () => new Date(anyInstantMs());
  const changes = [
    () => insert(client, instant()),
    () => client.query('select max(created_at) as last from messages').then(({ rows }) => insert(client, after(rows))),
    () => client.query(`update messages set created_at = $2 where ${anyMessage}`, [1, instant()]),
    () => client.query(`update messages set channel = 'moved', session_id = 's4' where ${anyMessage}`, [2]),
    () => client.query(`update messages set channel = 'web' where channel = 'moved'`),
    // Keeps the messages at about 100.
    () =>
      client.query(`
        delete from messages where id in (
          select id from messages order by random() limit greatest(1, (select count(*) from messages) - 100))`),
  ];
  while (!isOver()) {
    await client.query('begin');
    try {
      for (let count = 0; count < 1 + Math.random() * 3; count++) await chooseFrom(changes)();
      await client.query(Math.random() < 0.25 ? 'rollback' : 'commit');
      await sleep(5);
    } catch (error) {
      // Two writers have waited for each other, and the database has stopped one of them.
      await client.query('rollback');
      if ((error as { code?: string }).code !== '40P01') throw error;
    }
  }
  await client.end();
}

function after(rows: unknown[]): Date {
  const [{ last }] = rows as [{ last: Date }];
  const wrapped = last.getTime() > ORIGIN_MS + 2 * SPAN_MS ? ORIGIN_MS : last.getTime();
  return new Date(wrapped + Math.floor(Math.random() * 200_000));
}

async function insert(client: Client, at: Date): Promise<void> {
  const values = [at, chooseFrom(['web', 'mail', '', 'new']), chooseFrom(['s1', 's2', 's3']), randomUUID()];
  await client.query(
    `insert into messages (organization_id, created_at, channel, session_id, id) values ('123456', $1, $2, $3, $4)`,
    values,
  );
}
