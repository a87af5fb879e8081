import { type AvailabilityRequest, type MessagesOptions, rollupSealer } from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { createRollups, dropRollups, sealAll, usageOf } from '../support/rollups';

/** The options of docs/examples/chatwoot.module.ts. */
const messages: MessagesOptions = {
  columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' },
  filter: { where: 'message_type <> :activity', parameters: { activity: 2 } },
};

const CHATWOOT = `
  drop table messages;
  create table messages (
    id bigserial primary key, account_id integer not null, inbox_id integer not null, conversation_id integer not null,
    message_type integer not null, created_at timestamp(6) without time zone not null
  );
  insert into messages (account_id, inbox_id, conversation_id, message_type, created_at)
  select 7, 1 + i % 2, i, i % 3, timestamp '2023-01-01 00:00:00.000123' + i * interval '1 hour' from generate_series(0, 743) i`;

const JANUARY = { organizationId: '7', start: new Date('2023-01-01T12:00Z'), end: new Date('2023-01-31T12:00Z') };

describe("rollups of Chatwoot's table", () => {
  let database: TestDatabase;
  let plain: OpenAvailability;
  let rolledUp: OpenAvailability;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await dropRollups(database.dataSource);
    await database.dataSource.query(CHATWOOT);
    // The time zone of a session must not matter.
    await database.dataSource.query(
      `do $$ begin execute format('alter database %I set timezone = %L', current_database(), 'Asia/Tokyo'); end $$`,
    );
    await createRollups(database.dataSource, messages);
    plain = await openAvailability(database.url, { messages });
    rolledUp = await openAvailability(database.url, { messages, rollups: true });
    await sealAll(rollupSealer(database.dataSource, messages));
  });
  afterAll(async () => {
    await plain.close();
    await rolledUp.close();
    await database.drop();
  });

  async function storedDaysOf(request: AvailabilityRequest): Promise<number> {
    const before = usageOf(rolledUp).storedDays;
    const report = await rolledUp.service.report(request);
    expect(report).toEqual(await plain.service.report(request));
    expect(report.downtimes.length).toBeGreaterThan(100);
    return usageOf(rolledUp).storedDays - before;
  }

  it('answer reports on an account and on an inbox, and see late messages', async () => {
    expect(await storedDaysOf(JANUARY)).toBe(29);
    expect(await storedDaysOf({ ...JANUARY, channel: '2' })).toBe(29);
    expect(await rolledUp.service.breakdown(JANUARY)).toEqual(await plain.service.breakdown(JANUARY));
    await database.dataSource.query(
      `insert into messages (account_id, inbox_id, conversation_id, message_type, created_at)
       values (7, 2, 1, 0, '2023-01-09 23:59:59'), (7, 2, 1, 2, '2023-01-20 00:00:01')`,
    );
    expect(await storedDaysOf({ ...JANUARY, channel: '2' })).toBe(27);
    await sealAll(rollupSealer(database.dataSource, messages));
    expect(await storedDaysOf(JANUARY)).toBe(29);
  });
});
