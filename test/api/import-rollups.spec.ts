import { partitionByMonth } from '../../src/database/partition';
import { MessageImporter } from '../../src/import/message-importer';
import type { MessageRow } from '../../src/import/message-row';
import { TestDatabase } from '../support/database';
import { dropRollups } from '../support/rollups';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2023-01-01T00:00:00Z');

/** Two organizations in turn, over two days. */
const LATE = Array.from({ length: 100 }, (_, index) => row(`org '${index % 2}`, START_MS + index * 0.4 * HOUR_MS));
const MARKS = ["org '0 19358", "org '0 19359", "org '1 19358", "org '1 19359"];

/** Makes the marking function count the messages that it is called for. */
const COUNT_CALLS = `
  do $$
  begin
    create sequence calls;
    execute regexp_replace(pg_get_functiondef('messages_rollup_mark'::regproc), 'begin',
      'begin if tg_table_name like ''messages%'' then perform nextval(''public.calls''); end if;');
  end $$`;

function row(organizationId: string, createdAtMs: number): MessageRow {
  return { organizationId, channel: 'web', sessionId: 's', createdAtMs: Math.round(createdAtMs) };
}

describe('the marks that an import leaves on stored days', () => {
  let database: TestDatabase;
  let importer: MessageImporter;

  beforeEach(async () => {
    database = await TestDatabase.create();
    importer = new MessageImporter(database.dataSource);
    await run(COUNT_CALLS);
  });
  afterEach(() => database.drop());

  const run = <Row>(statement: string) => database.dataSource.query<Row[]>(statement);

  async function marks(): Promise<string[]> {
    const rows = await run<{ organization: string; day: number }>(
      'select organization, day from messages_rollup_marks',
    );
    return rows.map(({ organization, day }) => `${organization} ${day}`).sort();
  }

  async function calls(): Promise<number> {
    const [row] = await run<{ calls: number }>(
      'select case when is_called then last_value else 0 end::int as calls from calls',
    );
    return row!.calls;
  }

  it('are one for each organization and day of the past, and no message passes the trigger', async () => {
    await importer.import([...LATE, row('now', Date.now()), row('future', Date.now() + 48 * HOUR_MS)]);
    expect({ marks: await marks(), calls: await calls() }).toEqual({ marks: MARKS, calls: 0 });
  });

  it('are the same on a partitioned table', async () => {
    await partitionByMonth(database.url, 0, new Date(START_MS));
    await importer.import(LATE);
    expect({ marks: await marks(), calls: await calls() }).toEqual({ marks: MARKS, calls: 0 });
  });

  it('are left by the trigger for the messages that are added, if some exist already', async () => {
    await importer.import(LATE);
    await run('delete from messages_rollup_marks');
    await importer.import([...LATE, row("org '1", START_MS + 0.1 * HOUR_MS)]);
    expect({ marks: await marks(), calls: await calls() }).toEqual({ marks: ["org '1 19358"], calls: 1 });
  });

  it('are left by the trigger if another one may store other messages', async () => {
    await run(`
      create function later() returns trigger language plpgsql as $$
      begin
        new.created_at := new.created_at + interval '1 day';
        return new;
      end $$;
      create trigger later before insert on messages for each row execute function later()`);
    await importer.import(LATE);
    expect(await marks()).toEqual(["org '0 19359", "org '0 19360", "org '1 19359", "org '1 19360"]);
  });

  it('are missing without rollups', async () => {
    await dropRollups(database.dataSource);
    expect(await importer.import(LATE)).toMatchObject({ added: LATE.length });
  });

  it('are never missing after other writes, whatever their session has set', async () => {
    await importer.import(LATE.slice(0, 1));
    await run('delete from messages_rollup_marks');
    await database.dataSource.transaction(async (manager) => {
      const [{ xid }] = await manager.query<[{ xid: string }]>('select pg_current_xact_id()::text as xid');
      for (const value of ['on', '', String(Number(xid) - 1)]) {
        await manager.query(`select set_config('chat_reports.marked_by', $1, false)`, [value]);
        await manager.query(
          `insert into messages values ('other ' || $1, 'web', 's', '2023-01-01', gen_random_uuid())`,
          [value],
        );
      }
    });
    expect(await marks()).toHaveLength(3);
  });
});
