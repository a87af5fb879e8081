import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Message } from './message.entity';
import { MessagesUnavailableError } from './messages-unavailable.error';

/** Which messages: those of one organization, or of one of its channels, with start <= createdAt <= end. */
export interface MessageStream {
  organizationId: string;
  /** Exact name; without it the messages of every channel make one stream. */
  channel?: string;
  start: Date;
  end: Date;
}

/** Time without a message between two consecutive messages of a stream. */
export interface Silence {
  /** When the message before the silence was sent. */
  start: Date;
  /** When the message after the silence was sent. */
  end: Date;
  /** Session of the message before the silence. */
  sessionId: string;
}

interface SilenceRow {
  start_ms: number;
  end_ms: number;
  session_id: string;
}

/** Reads chat messages. The only place that holds SQL over them; it measures time and knows nothing of availability. */
@Injectable()
export class MessageRepository {
  constructor(@InjectRepository(Message) private readonly messages: Repository<Message>) {}

  /**
   * Finds every silence of more than `longerThanMs` milliseconds in the stream, in order of time.
   *
   * The cost grows with the length of the range, never with the number of messages: at most two index probes for each
   * `longerThanMs` of it.
   *
   * @throws MessagesUnavailableError when the database is away or too slow
   */
  async findSilences(stream: MessageStream, longerThanMs: number): Promise<Silence[]> {
    const parameters = [
      stream.organizationId,
      toTimestamp(stream.start),
      toTimestamp(stream.end),
      `${longerThanMs} milliseconds`,
    ];
    if (stream.channel !== undefined) parameters.push(stream.channel);
    const query = stream.channel === undefined ? SILENCES_OF_ORGANIZATION : SILENCES_OF_CHANNEL;
    try {
      const rows = await this.messages.query<SilenceRow[]>(query, parameters);
      return rows.map((row) => ({
        start: new Date(row.start_ms),
        end: new Date(row.end_ms),
        sessionId: row.session_id,
      }));
    } catch (error) {
      throw MessagesUnavailableError.unlessFault(error);
    }
  }
}

/**
 * Hops over the messages instead of reading them all. From a message the next hop goes to the last message within the
 * threshold; where there is none, silence has begun and the next message of all ends it. Two hops always pass the
 * threshold, so their number is bounded by the length of the range.
 *
 * Each probe is an `order by … limit 1` that the primary key (or the channel's index) answers with one row. `exists`
 * reads more naturally but gets a sequential scan from the planner.
 *
 * $1 organization, $2 start and $3 end of the range, $4 threshold, $5 channel
 */
function silences(streamOf: (alias: string) => string): string {
  return `
    with recursive hop (previous, at) as (
      (select null::timestamptz, m.created_at
       from messages m
       where ${streamOf('m')} and m.created_at >= $2::timestamptz and m.created_at <= $3::timestamptz
       order by m.created_at limit 1)
      union all
      select hop.at, coalesce(
        (select m.created_at
         from messages m
         where ${streamOf('m')} and m.created_at > hop.at
           and m.created_at <= least(hop.at + $4::interval, $3::timestamptz)
         order by m.created_at desc limit 1),
        (select m.created_at
         from messages m
         where ${streamOf('m')} and m.created_at > hop.at and m.created_at <= $3::timestamptz
         order by m.created_at limit 1))
      from hop
      where hop.at is not null
    )
    select
      (extract(epoch from previous) * 1000)::float8 as start_ms,
      (extract(epoch from at) * 1000)::float8 as end_ms,
      (select m.session_id
       from messages m
       where ${streamOf('m')} and m.created_at = previous
       order by m.id desc limit 1) as session_id
    from hop
    where at - previous > $4::interval
    order by previous`;
}

const SILENCES_OF_ORGANIZATION = silences((alias) => `${alias}.organization_id = $1`);
const SILENCES_OF_CHANNEL = silences((alias) => `${alias}.organization_id = $1 and ${alias}.channel = $5`);

/** PostgreSQL reads every ISO 8601 form but the sign before a year of five digits (the end of 9999-12-31). */
function toTimestamp(instant: Date): string {
  return instant.toISOString().replace(/^\+0*/, '');
}
