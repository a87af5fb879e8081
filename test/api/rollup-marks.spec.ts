import type { MessageColumns } from '@chat-reports/nestjs';
import { randomUUID } from 'node:crypto';
import { TestDatabase } from '../support/database';
import { createRollups } from '../support/rollups';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the marks on stored days', () => {
  const role = `chat_reports_writer_${randomUUID().slice(0, 8)}`;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(async () => {
    await run(`drop owned by ${role}; drop role ${role}`);
    await database.drop();
  });

  const run = <Row>(statement: string) => database.dataSource.query<Row[]>(statement);

  it('are left by a role that may do nothing but insert messages, even where nobody may call new functions', async () => {
    // As many administrators do.
    await run('alter default privileges revoke execute on functions from public');
    await createRollups(database.dataSource);
    await run(`create role ${role}; grant insert on messages to ${role}`);
    await run(`
      set local role ${role};
      insert into messages select '123456', 'web', 's', at::timestamptz, gen_random_uuid()
      from unnest(array['2023-01-15T10:28:00Z', '2023-01-15T11:00:00Z', now()::text]) at`);
    expect(await run('select organization, day from messages_rollup_marks')).toEqual([
      { organization: '123456', day: 19372 },
    ]);
  });

  /** The type of the column, how an instant in milliseconds becomes a value of it, and the option that says so. */
  const columns: [type: string, value: string, createdAt: MessageColumns['createdAt']][] = [
    ['timestamptz', 'to_timestamp(ms / 1000)', 'sent'],
    ['timestamp', `to_timestamp(ms / 1000) at time zone 'UTC'`, 'sent'],
    ['timestamp', `to_timestamp(ms / 1000) at time zone 'Asia/Kolkata'`, { column: 'sent', timeZone: 'Asia/Kolkata' }],
    ['bigint', 'ms', { column: 'sent', epoch: 'ms' }],
    ['bigint', 'floor(ms / 1000)', { column: 'sent', epoch: 's' }],
  ];

  it.each(columns)('are left in a column of type %s (%s)', async (type, value, createdAt) => {
    const table = `sent_${randomUUID().slice(0, 8)}`;
    await run(`
      create table ${table} (organization_id text, session_id text, sent ${type}, id bigserial primary key);
      create index on ${table} (organization_id, sent, id)`);
    await createRollups(database.dataSource, { table, columns: { channel: null, createdAt } });
    const ages = [0, HOUR_MS, 30 * DAY_MS, -HOUR_MS];
    const [{ now_ms: nowMs }] = (await run<{ now_ms: number }>(`
      insert into ${table} (organization_id, session_id, sent)
      select 'a', 's', ${value}
      from (select floor(extract(epoch from now()) * 1000) - age as ms from unnest(array[${ages.join()}]::bigint[]) age) sent
      returning floor(extract(epoch from now()) * 1000)::float8 as now_ms`)) as [{ now_ms: number }];
    const late = Math.floor((nowMs - 30 * DAY_MS) / DAY_MS);
    expect(await run(`select day from ${table}_rollup_marks`)).toEqual([{ day: late }]);
  });
});
