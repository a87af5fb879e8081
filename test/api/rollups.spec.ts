import {
  type AvailabilityRequest,
  type AvailabilityService,
  parseWeeklyHours,
  type RollupSealer,
  rollupSealer,
  TooManyGapsError,
} from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase, type TestMessage } from '../support/database';
import { Random } from '../support/random';
import { createRollups, sealAll, usageOf } from '../support/rollups';

const DAY_MS = 86_400_000;
const ORIGIN_MS = Date.parse('2023-01-01T00:00:00Z');
const DAYS = 12;
const HOURS = { timeZone: 'Europe/Berlin', versions: [{ hours: parseWeeklyHours('Mo-Fr 09:00-18:00') }] };

/**
 * A stream with silent days, messages at the very ends of days, several at the same instant, and gaps of exactly the
 * threshold.
 */
function anyMessages(random: Random): TestMessage[] {
  const messages: TestMessage[] = [];
  for (let day = 0; day < DAYS; day++) {
    if (day === 4 || day === 5) continue;
    let atMs = ORIGIN_MS + day * DAY_MS + random.choose([0, 1, 3_600_000]);
    while (atMs < ORIGIN_MS + (day + 1) * DAY_MS) {
      const channel = random.choose(day % 3 === 0 ? ['web'] : ['web', 'mail', '']);
      messages.push({ at: atMs, channel, sessionId: random.choose(['s1', 's2', 's3']) });
      atMs += random.choose([0, 60_000, 120_000, 120_001, 1_000_000, 5_000_000]);
    }
    messages.push({ at: ORIGIN_MS + (day + 1) * DAY_MS - 1, channel: 'mail', sessionId: 'last' });
  }
  return messages;
}

function* requests(): Generator<AvailabilityRequest & { organizationId: string }> {
  const hour = 3_600_000;
  const ranges = [
    [0, DAYS * DAY_MS],
    [0, DAYS * DAY_MS - 1],
    [0, DAYS * DAY_MS - 2],
    [1, 3 * DAY_MS],
    [-30 * DAY_MS, 40 * DAY_MS],
    [2 * DAY_MS + hour, 2 * DAY_MS + 2 * hour],
    [2 * DAY_MS + hour, 9 * DAY_MS + hour],
    [4 * DAY_MS, 6 * DAY_MS],
    [4 * DAY_MS, 6 * DAY_MS - 1],
    [-3 * DAY_MS, -1],
    [DAYS * DAY_MS + 5, (DAYS + 4) * DAY_MS],
  ] as const;
  for (const [start, end] of ranges)
    for (const channel of [undefined, 'web', 'mail', '', 'none'])
      for (const edges of ['ignore', 'count'] as const) {
        const period = { start: new Date(ORIGIN_MS + start), end: new Date(ORIGIN_MS + end) };
        const asOf = edges === 'count' ? new Date(ORIGIN_MS + 20 * DAY_MS) : undefined;
        yield { organizationId: '123456', channel, edges, asOf, ...period };
      }
}

describe('a report with rollups', () => {
  let database: TestDatabase;
  let plain: OpenAvailability;
  let rolledUp: OpenAvailability;
  let sealer: RollupSealer;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await createRollups(database.dataSource);
    plain = await openAvailability(database.url);
    rolledUp = await openAvailability(database.url, { rollups: true });
    sealer = rollupSealer(database.dataSource);
  });
  afterAll(async () => {
    await plain.close();
    await rolledUp.close();
    await database.drop();
  });
  beforeEach(async () => {
    await database.clear();
    await database.insert(anyMessages(new Random(7)));
    await database.insert([{ at: ORIGIN_MS + DAY_MS, organizationId: 'other' }]);
    await sealAll(sealer);
  });

  /** How many of the days in the ranges were stored. */
  async function share(ask: () => Promise<unknown>): Promise<string> {
    const before = { ...usageOf(rolledUp) };
    await ask();
    const { days, storedDays } = usageOf(rolledUp);
    return `${storedDays - before.storedDays} of ${days - before.days}`;
  }

  const all = { organizationId: '123456', start: new Date(ORIGIN_MS), end: new Date(ORIGIN_MS + DAYS * DAY_MS) };
  const shareOfAll = () => share(() => rolledUp.service.report(all));

  /** @param step asks only every `step`th question */
  async function expectSame(step = 1): Promise<void> {
    for (const [index, request] of [...requests()].entries()) {
      if (index % step !== 0) continue;
      const [found, expected] = await Promise.all([rolledUp, plain].map(({ service }) => service.report(request)));
      expect({ request, report: found }).toEqual({ request, report: expected });
      // Each value of edges, each channel and each range occurs with and without hours.
      const hours = Math.floor(index / 2) % 2 ? HOURS : undefined;
      const askAll = ({ service }: OpenAvailability) => service.overview({ ...request, hours }, 'week');
      const [overview, expectedOverview] = await Promise.all([rolledUp, plain].map(askAll));
      expect({ request, overview }).toEqual({ request, overview: expectedOverview });
      if (request.channel !== undefined) continue;
      for (const hours of [undefined, HOURS]) {
        const ask = ({ service }: OpenAvailability) => service.breakdown({ ...request, hours });
        const [parts, expectedParts] = await Promise.all([rolledUp, plain].map(ask));
        expect({ request, parts }).toEqual({ request, parts: expectedParts });
      }
    }
  }

  it('is the same as without them, for every range, channel and edge, and uses stored days for whole days', async () => {
    expect(await shareOfAll()).toBe('12 of 12');
    await expectSame();
  });

  describe('after a write to a day that is stored', () => {
    const at = new Date(ORIGIN_MS + 2 * DAY_MS + 4_000_000);
    const insert = `insert into messages (organization_id, channel, session_id, created_at, id)
      values ('123456', 'new', 'late', '${at.toISOString()}', gen_random_uuid())`;
    const writes: [name: string, statements: string[], share: string][] = [
      ['an insert', [insert], '11 of 12'],
      [
        'a deletion',
        [`delete from messages where created_at >= '2023-01-08' and created_at < '2023-01-10'`],
        '10 of 12',
      ],
      [
        'a move to another day',
        [`update messages set created_at = created_at + interval '3 days' where created_at < '2023-01-02'`],
        '10 of 12',
      ],
      [
        'a move to another channel',
        [`update messages set channel = 'moved' where channel = 'mail' and created_at < '2023-01-02'`],
        '11 of 12',
      ],
      ['another session', [`update messages set session_id = 'other' where created_at < '2023-01-02'`], '11 of 12'],
      [
        'a savepoint that is undone after the first of two inserts',
        ['begin', 'savepoint a', insert, 'rollback to a', insert, 'commit'],
        '11 of 12',
      ],
      [
        'an insert before a savepoint that is undone',
        ['begin', insert, 'savepoint a', insert, 'rollback to a', 'commit'],
        '11 of 12',
      ],
      ['a rollback', ['begin', insert, 'rollback'], '12 of 12'],
      [
        'one in a session that replicates',
        ['begin', 'set local session_replication_role = replica', insert, 'commit'],
        '11 of 12',
      ],
      ['TRUNCATE', ['truncate messages', insert], '0 of 12'],
      [
        'a trigger that is disabled',
        [
          'alter table messages disable trigger chat_rollup_delete',
          'delete from messages',
          'alter table messages enable always trigger chat_rollup_delete',
          'truncate messages',
        ],
        '0 of 12',
      ],
    ];

    it.each(writes)(
      '(%s), reads that day from the messages, until it is stored again',
      async (_, statements, expected) => {
        const runner = database.dataSource.createQueryRunner();
        for (const statement of statements) await runner.query(statement);
        await runner.release();
        expect(await shareOfAll()).toBe(expected);
        await expectSame(40);
        await sealAll(sealer);
        await expectSame(40);
      },
      240_000,
    );

    it('leaves one mark for a day, however many messages a transaction writes to it', async () => {
      await database.dataSource.query(`
        insert into messages select '123456', 'web', 's', timestamptz '2023-01-03T12:00Z' + i * interval '1 second', gen_random_uuid()
        from generate_series(1, 1000) i`);
      expect((await sealer.status()).marks).toBe(1);
    });

    it('leaves no mark for recent and future messages, and fails for none', async () => {
      await database.insert([{ at: Date.now() }, { at: Date.now() - 3_600_000 }, { at: '9999-12-31T23:59:59.999Z' }]);
      for (const extreme of ['infinity', '-infinity', '294276-12-31 23:59:59Z', '4713-01-01 00:00:00 BC'])
        await database.insertAt(extreme);
      expect((await sealer.status()).marks).toBe(0);
      await sealer.sealPending();
      await expectSame(40);
    });
  });

  it('uses nothing that was stored for another threshold', async () => {
    const other = await openAvailability(database.url, { rollups: true, downtimeThreshold: 60_000 });
    await other.service.report(all);
    expect(usageOf(other)).toEqual({ days: 12, storedDays: 0 });
    await sealAll(rollupSealer(database.dataSource, {}, 60_000));
    await other.service.report(all);
    expect(usageOf(other)).toEqual({ days: 24, storedDays: 12 });
    await other.close();
    expect(await shareOfAll()).toBe('0 of 12');
  });

  it('uses nothing while a trigger is disabled', async () => {
    await database.dataSource.query('alter table messages disable trigger chat_rollup_update');
    expect(await shareOfAll()).toBe('0 of 12');
    await database.dataSource.query('alter table messages enable always trigger chat_rollup_update');
    expect(await shareOfAll()).toBe('12 of 12');
  });

  it('waits for a lock no longer than for a statement', async () => {
    const impatient = await openAvailability(database.url, { rollups: true, messages: { statementTimeoutMs: 200 } });
    await impatient.service.report(all);
    const runner = database.dataSource.createQueryRunner();
    await runner.query('begin; lock table messages in access exclusive mode');
    await expect(impatient.service.report(all)).rejects.toThrow('within the time limit');
    await runner.query('rollback');
    await runner.release();
    await impatient.close();
  });

  it.each<[name: string, ask: (service: AvailabilityService, request: typeof all) => Promise<unknown>]>([
    ['a report', (service, request) => service.report(request)],
    ['a breakdown within hours', (service, request) => service.breakdown({ ...request, hours: HOURS })],
    ['an overview', (service, request) => service.overview(request, 'week')],
    ['an overview within hours', (service, request) => service.overview({ ...request, hours: HOURS }, 'week')],
    [
      'an overview of a channel within hours',
      (service, request) => service.overview({ ...request, channel: 'web', hours: HOURS }, 'week'),
    ],
  ])('refuses %s for the same number of gaps as without rollups', async (_name, ask) => {
    for (const request of [all, { ...all, end: new Date(all.end.getTime() + 5) }]) {
      const isTooLong = ({ service }: OpenAvailability, maximumGaps: number) =>
        ask(service, Object.assign({}, request, { maximumGaps })).then(
          () => false,
          (error: unknown) => {
            expect(error).toBeInstanceOf(TooManyGapsError);
            return true;
          },
        );
      let [refused, allowed] = [0, 10_000];
      while (allowed - refused > 1) {
        const middle = Math.floor((refused + allowed) / 2);
        if (await isTooLong(plain, middle)) refused = middle;
        else allowed = middle;
      }
      expect(refused).toBeGreaterThan(10);
      expect([await isTooLong(rolledUp, refused), await isTooLong(rolledUp, allowed)]).toEqual([true, false]);
    }
  });

  it('uses stored days for an overview', async () => {
    expect(await share(() => rolledUp.service.overview(all, 'week'))).toBe('12 of 12');
    expect(await share(() => rolledUp.service.overview({ ...all, hours: HOURS }, 'week'))).toBe('12 of 12');
    await database.dataSource.query('delete from messages_rollup_days; delete from messages_rollup_spans');
    expect(await share(() => rolledUp.service.overview(all, 'week'))).toBe('0 of 12');
  });

  it('stores no day before all transactions have ended that may have written to it', async () => {
    await database.dataSource.query('delete from messages_rollup_days; delete from messages_rollup_spans');
    await database.dataSource.query('update messages_rollup_state set ready_until = null');
    const writer = database.dataSource.createQueryRunner();
    await writer.query('begin; select pg_current_xact_id()');
    expect(await sealer.sealPending()).toEqual({ sealed: 0, isBusy: false });
    expect(await sealer.sealPending()).toEqual({ sealed: 0, isBusy: false });
    expect((await sealer.status()).oldestUnsealedDay).toEqual(new Date(ORIGIN_MS));
    await writer.query('commit');
    await writer.release();
    await sealAll(sealer);
    expect((await sealer.status()).days).toBe(13);
  });

  it('leaves storing days to another instance that is doing so, and stops when told to', async () => {
    await database.dataSource.query(`update messages set session_id = 'x'`);
    const other = database.dataSource.createQueryRunner();
    await other.query('begin; lock table messages_rollup_state in exclusive mode');
    expect(await sealer.sealPending()).toEqual({ sealed: 0, isBusy: true });
    await other.query('rollback');
    await other.release();
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => done > 0 && controller.abort();
    await expect(sealer.sealPending({ signal: controller.signal, onProgress })).rejects.toThrow('aborted');
    await expectSame(40);
    expect((await sealer.sealPending()).sealed).toBeGreaterThan(0);
    expect(await shareOfAll()).toBe('12 of 12');
  }, 240_000);
});
