/**
 * The marks on stored days that an import leaves itself: one for each day, whereas the trigger would examine each
 * message.
 */

import { MARKED_BY, ROLLUP_SETTINGS } from '@chat-reports/nestjs/internal';
import type { ClientBase } from 'pg';

/** The lock that an insert takes: from then on, nobody can change the triggers. */
const LOCK = 'lock table messages in row exclusive mode';

/**
 * An import cannot mark its days itself if a trigger or rule that is not ours may store messages other than those
 * marked.
 */
const CAN_MARK = `
  select coalesce(bool_and(tgfoid = to_regproc('messages_rollup_mark') and has_function_privilege(tgfoid, 'execute')), false)
    and not bool_or(relhasrules) as "canMark"
  from pg_trigger
  join pg_class on pg_class.oid = tgrelid
  where not tgisinternal
    and tgrelid in (select 'messages'::regclass union all select relid from pg_partition_tree('messages'))`;

/**
 * The function of the triggers marks the days, so that only one place decides which days need marks and has the
 * privilege to write them.
 */
const MARK = `
  create temporary table staged_days (organization_id text, created_at timestamptz) on commit drop;
  create trigger mark after insert on staged_days for each row execute function messages_rollup_mark();
  alter table staged_days enable always trigger mark`;

const daysOf = (dayMs: number) => `
  insert into staged_days
  select organization_id, min(created_at)
  from staged
  group by organization_id, date_bin(interval '${dayMs} milliseconds', created_at, timestamptz '1970-01-01 00:00:00+00')`;

/**
 * Marks the days of the staged messages, and keeps the trigger from marking them again in this transaction. Does
 * nothing if there are no stored days. Afterwards, the transaction may insert only the staged messages. It has had a
 * transaction number since it staged them, as the trigger also requires before it reads the clock. That is why it can
 * be decided before the messages are inserted whether a day needs a mark.
 *
 * @param dayMs the length of a day, in milliseconds
 */
export async function markStagedDays(client: ClientBase, dayMs = ROLLUP_SETTINGS.dayMs): Promise<void> {
  await client.query(LOCK);
  const { rows } = await client.query<{ canMark: boolean }>(CAN_MARK);
  if (!rows[0]!.canMark) return;
  await client.query(MARK);
  await client.query(daysOf(dayMs));
  await client.query(`select set_config('${MARKED_BY}', pg_current_xact_id()::text, true)`);
}
