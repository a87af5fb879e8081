import { raw, type Sql, sql } from '../message-table/sql.fragment';
import type { GapTerms } from './gap-terms';
import { column, messages } from './message-columns.sql';

/** The number of instants at which density is sampled; chosen so that in most ranges they fall at different times of day. */
const SAMPLES = 11;

/** As many are needed to tell apart how sessions are best read. */
const SAMPLES_WITH_SESSIONS = 29;

/** The range is divided into as many steps. With more of them, the longest range would overflow the days of an interval. */
const STEPS = 500;

const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * The average age of the last message at the sampled instants, each capped at the threshold. Counting messages would
 * take as long as reading them, and the planner, which may have no statistics on a new table, would sort a dense range
 * to count it.
 */
export function sampledAge({ table, start, end, threshold, hasSessions }: GapTerms, scope: Sql): Sql {
  const sampled = sampledSteps(hasSessions ? SAMPLES_WITH_SESSIONS : SAMPLES);
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
           select ${start} + step * (${end} - ${start}) / ${raw(STEPS)}
           from unnest(array[${raw(sampled.join(', '))}]) step) sample (until)
       ) sampled)`;
}

/**
 * The steps that are sampled, one in each part of the range. Instants at equal distances could all lie just after messages
 * that come at regular intervals; multiples of the golden ratio are spread evenly without being regular.
 */
function sampledSteps(count: number): number[] {
  return Array.from({ length: count }, (_, part) =>
    Math.round((STEPS * (part + (((part + 1) * GOLDEN_RATIO) % 1))) / count),
  );
}
