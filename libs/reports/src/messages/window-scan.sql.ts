/** Gaps found by a window function, which reads every message of a range in order. */

import { raw, type Sql, sql } from '../message-table/sql.fragment';
import type { GapTerms } from './gap-terms';
import { column, messages, session } from './message-columns.sql';

/** Which messages to read, and which of their columns. */
interface WindowScan {
  /** Condition on the messages. */
  scope: Sql;
  /** Whether to read the session of each message along with it, as `session`: an index does not hold it. */
  hasSessions?: boolean;
  /** Divides the messages into separate sequences, and is selected as `name`; default: one sequence. */
  partition?: Sql;
  /**
   * How many messages to read, from the first one on; default: all. Then `is_first` marks the first one of each
   * sequence.
   */
  limit?: Sql;
}

/**
 * Selects each message that is followed by a gap as `previous`, with the next one as `at`; also the last message that
 * was read, with null as `at`.
 *
 * The filter is an equality because the planner expects few rows from one. From a comparison of two columns, it expects
 * a third of all rows, and would then spend longer on JIT compilation than on the query. Columns that are not needed
 * are left out instead of selected as null, since every message passes through here.
 */
export function windowScan({ table, start, end, threshold }: GapTerms, scan: WindowScan): Sql {
  const { scope, hasSessions = false, partition, limit } = scan;
  const [at, id] = [column(table.createdAt), column(table.id)];
  const name = raw(partition ? 'name, ' : '');
  const order = hasSessions ? sql`${at}, ${id}` : at;
  return sql`
        select *
        from (
          select ${name}previous${raw(hasSessions ? ', session' : '')}, lead(previous) over in_order as at${raw(limit ? '' : ', row_number() over in_order = 1 as is_first')}
          from (
            select ${partition ? sql`${partition} as name, ` : raw('')}${at} as previous${hasSessions ? sql`, ${id} as id, ${session(table)} as session` : raw('')}
            from ${messages(table)}
            where ${scope} and ${at} >= ${start} and ${at} <= ${end}${
              limit
                ? sql`
            order by ${order} limit ${limit}`
                : raw('')
            }) scanned
          window in_order as (
            ${raw(partition ? 'partition by name ' : '')}order by previous${raw(hasSessions ? ', id' : '')}
            rows between current row and 1 following)
        ) paired
        where case when ${raw(limit ? '' : 'is_first or ')}at is null or at - previous > ${threshold} then 1 end = 1`;
}
