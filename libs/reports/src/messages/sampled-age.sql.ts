import { raw, type Sql, sql } from '../message-table/sql.fragment';
import type { GapTerms } from './gap-terms';
import { column, messages } from './message-columns.sql';

/** The number of instants at which density is sampled; chosen so that in most ranges they fall at different times of day. */
const SAMPLES = 11;

/**
 * The average age of the last message at the sampled instants, each capped at the threshold. Counting messages would
 * take as long as reading them, and the planner, which may have no statistics on a new table, would sort a dense range
 * to count it.
 */
export function sampledAge({ table, start, end, threshold }: GapTerms, scope: Sql): Sql {
  const at = column(table.createdAt);
  return sql`
      (select avg(coalesce(until - last, ${threshold}))
       from (
         select
           sample.until,
           (select ${at}
            from ${messages(table)}
            where ${scope} and ${at} >= ${start} and ${at} <= ${end}
              and ${at} > sample.until - ${threshold} and ${at} <= sample.until
            order by ${at} desc limit 1) as last
         from (
           select ${start} + number * (${end} - ${start}) / ${raw(SAMPLES)}
           from generate_series(1, ${raw(SAMPLES)}) number) sample (until)
       ) sampled)`;
}
