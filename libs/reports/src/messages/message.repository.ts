import { Injectable } from '@nestjs/common';
import { checkStream, type MessageTable } from './message-table';
import { MessageSource } from './message.source';
import { DENSE } from './silences.sql';
import type { ByStream } from './statements.sql';

/** Which messages: those of an organization, or of one of its channels. */
export interface MessageStream {
  organizationId: string;
  /** Exact name; without it the messages of every channel make one stream. */
  channel?: string;
  /** Aborted when nobody waits for the answer any more: the database stops working on it. */
  signal?: AbortSignal;
}

/** Part of a stream: messages with start <= createdAt <= end. */
export interface MessageRange extends MessageStream {
  start: Date;
  end: Date;
  /**
   * Until when to look for the messages next to the range, before it and after it. Without a horizon they are not looked
   * at: the range stands alone.
   */
  horizon?: Date;
}

/** Time without a message after one. */
export interface Silence {
  /** When the message before the silence was sent. */
  start: Date;
  /** When the message after the silence was sent; undefined if none was up to the horizon. */
  end?: Date;
  /** Session of the message before the silence. */
  sessionId: string;
}

/** What happened in a stream in a range. */
export interface Activity {
  /** The last message before the range, where a horizon allowed to look at it. */
  lastBefore?: Date;
  /** The first and the last message in the range; undefined if there is none. */
  firstMessageAt?: Date;
  lastMessageAt?: Date;
  /** In order of time. With a horizon also those that begin before the range or end after it. */
  silences: Silence[];
}

/** A message that was sent, as far as it matters when none came after it. */
export interface LastMessage {
  at: Date;
  sessionId: string;
}

interface SilenceRow {
  previous_ms: number | null;
  at_ms: number | null;
  session_id: string | null;
}

interface LastRow {
  at_ms: number;
  session_id: string | null;
}

/** Reads chat messages, the only class that does. It measures time and knows nothing of availability. */
@Injectable()
export class MessageRepository {
  constructor(private readonly source: MessageSource) {}

  /**
   * Finds every silence of more than `longerThanMs` milliseconds. Where the table's times are finer than that, they are
   * cut to milliseconds, and a silence of exactly `longerThanMs` may be among them.
   *
   * The cost grows with the length of the range, never with the number of messages: at most six index probes, or eight
   * messages read and eight counted, for each `longerThanMs` of it. Rows that a filter excludes are read on the way, unless
   * a partial index leaves them out.
   *
   * @throws MessagesUnavailableError when the database is away or too slow
   * @throws MessageStreamError when the table cannot have such an organization or channel
   */
  async findActivity(range: MessageRange, longerThanMs: number): Promise<Activity> {
    const { table, statements } = await this.source.read();
    const about = range.horizon === undefined ? statements.within : statements.across;
    const parameters = silenceParameters(table, range, longerThanMs);
    return toActivity(await this.ask<SilenceRow>(table, about, range, parameters), range);
  }

  /** Does the same for each channel that the organization has ever had, in one statement. */
  async findActivityByChannel(
    range: Omit<MessageRange, 'channel'>,
    longerThanMs: number,
  ): Promise<Map<string, Activity>> {
    const { table, statements } = await this.source.read();
    checkStream(table, { organizationId: range.organizationId });
    const { eachChannel } = range.horizon === undefined ? statements.within : statements.across;
    if (eachChannel === undefined) return new Map();
    const parameters = [...silenceParameters(table, range, longerThanMs), ...table.filter.values];
    const rows = await this.source.query<SilenceRow & { channel: string }>(eachChannel, parameters, range.signal);
    const byChannel = new Map<string, SilenceRow[]>();
    for (const row of rows) {
      const own = byChannel.get(row.channel);
      if (own) own.push(row);
      else byChannel.set(row.channel, [row]);
    }
    return new Map([...byChannel].map(([channel, own]) => [channel, toActivity(own, range)]));
  }

  /** Finds the last message up to an instant, with one index probe. */
  async findLast(stream: MessageStream, until: Date): Promise<LastMessage | undefined> {
    const { table, statements } = await this.source.read();
    const parameters = [stream.organizationId, toLastTimestamp(table, until)];
    const [row] = await this.ask<LastRow>(table, statements.last, stream, parameters);
    return row && { at: new Date(row.at_ms), sessionId: row.session_id ?? '' };
  }

  private ask<Row>(table: MessageTable, about: ByStream, stream: MessageStream, parameters: unknown[]): Promise<Row[]> {
    checkStream(table, stream);
    const { filter } = table;
    return stream.channel === undefined
      ? this.source.query(about.organization, [...parameters, ...filter.values], stream.signal)
      : this.source.query(about.channel!, [...parameters, stream.channel, ...filter.values], stream.signal);
  }
}

function silenceParameters(
  table: MessageTable,
  { organizationId, start, end, horizon = end }: MessageRange,
  longerThanMs: number,
): (string | number)[] {
  // Where edges count, a range in the future ends before it begins.
  const rangeMs = Math.max(0, end.getTime() - start.getTime());
  return [
    organizationId,
    toTimestamp(start),
    toLastTimestamp(table, end),
    `${longerThanMs} milliseconds`,
    toLastTimestamp(table, horizon),
    Math.ceil((DENSE * rangeMs) / longerThanMs),
  ];
}

/** Reads the rows of a stream: the first one, silences in between, and the one that begins with its last message. */
function toActivity(rows: SilenceRow[], { end, horizon }: MessageRange): Activity {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const silences = rows.filter(({ previous_ms, at_ms }) => previous_ms !== null && (at_ms !== null || horizon));
  return {
    lastBefore: toDate(first.previous_ms),
    firstMessageAt: first.at_ms !== null && first.at_ms <= end.getTime() ? toDate(first.at_ms) : undefined,
    lastMessageAt: last === first ? undefined : toDate(last.previous_ms),
    silences: silences.map(({ previous_ms, at_ms, session_id }) => ({
      start: new Date(previous_ms!),
      end: toDate(at_ms),
      sessionId: session_id ?? '',
    })),
  };
}

function toDate(milliseconds: number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds);
}

/** PostgreSQL reads every ISO 8601 form but the sign before a year of five digits (the end of 9999-12-31). */
function toTimestamp(instant: Date): string {
  return instant.toISOString().replace(/^\+0*/, '');
}

/** The last instant in a millisecond that the column can hold, so that what is cut to the millisecond is in the range. */
function toLastTimestamp({ createdAt }: MessageTable, instant: Date): string {
  return createdAt.isFiner ? toTimestamp(instant).replace('Z', '999Z') : toTimestamp(instant);
}
