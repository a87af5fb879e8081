import type { MessageTable } from '../message-table/message-table';
import { type Sql, sql } from '../message-table/sql.fragment';
import { messages } from './message-columns.sql';

/**
 * Selects the names of the channels by a skip scan, and null at the end. This is the body of a recursive
 * `_channels (name)`.
 */
export function channelNames(table: MessageTable, scope: Sql, channel: Sql): Sql {
  return sql`
      (select ${channel} from ${messages(table)} where ${scope} order by ${channel} limit 1)
      union all
      select
        (select ${channel}
         from ${messages(table)}
         where ${scope} and ${channel} > channels.name
         order by ${channel} limit 1)
      from _channels channels
      where channels.name is not null
    `;
}
