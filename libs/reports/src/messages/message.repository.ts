import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { runCancellable } from './cancellable-query';
import { Message } from './message.entity';
import { MessagesUnavailableError } from './messages-unavailable.error';
import { LAST_MESSAGE, SILENCES } from './silences.sql';

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

/** Reads chat messages, the only class that does. It measures time and knows nothing of availability. */
@Injectable()
export class MessageRepository {
  constructor(@InjectRepository(Message) private readonly messages: Repository<Message>) {}

  /**
   * Finds every silence of more than `longerThanMs` milliseconds.
   *
   * The cost grows with the length of the range, never with the number of messages: at most two index probes for each
   * `longerThanMs` of it.
   *
   * @throws MessagesUnavailableError when the database is away or too slow
   */
  async findActivity(range: MessageRange, longerThanMs: number): Promise<Activity> {
    const statements = range.horizon === undefined ? SILENCES.within : SILENCES.across;
    const parameters = silenceParameters(range, longerThanMs);
    const rows =
      range.channel === undefined
        ? await this.query<SilenceRow>(statements.organization, parameters, range.signal)
        : await this.query<SilenceRow>(statements.channel, [...parameters, range.channel], range.signal);
    return toActivity(rows, range);
  }

  /** Does the same for each channel that the organization has ever had, in one statement. */
  async findActivityByChannel(
    range: Omit<MessageRange, 'channel'>,
    longerThanMs: number,
  ): Promise<Map<string, Activity>> {
    const statements = range.horizon === undefined ? SILENCES.within : SILENCES.across;
    const parameters = silenceParameters(range, longerThanMs);
    const rows = await this.query<SilenceRow & { channel: string }>(statements.eachChannel, parameters, range.signal);
    const byChannel = new Map<string, SilenceRow[]>();
    for (const row of rows) {
      const own = byChannel.get(row.channel);
      if (own) own.push(row);
      else byChannel.set(row.channel, [row]);
    }
    return new Map([...byChannel].map(([channel, own]) => [channel, toActivity(own, range)]));
  }

  /** Finds the last message up to an instant, with one index probe. */
  async findLast({ organizationId, channel, signal }: MessageStream, until: Date): Promise<LastMessage | undefined> {
    const parameters = [organizationId, toTimestamp(until)];
    const [row] =
      channel === undefined
        ? await this.query<{ at_ms: number; session_id: string }>(LAST_MESSAGE.organization, parameters, signal)
        : await this.query<{ at_ms: number; session_id: string }>(
            LAST_MESSAGE.channel,
            [...parameters, channel],
            signal,
          );
    return row && { at: new Date(row.at_ms), sessionId: row.session_id };
  }

  private async query<Row>(statement: string, parameters: unknown[], signal?: AbortSignal): Promise<Row[]> {
    try {
      return await runCancellable<Row>(this.messages.manager.dataSource, statement, parameters, signal);
    } catch (error) {
      throw signal?.aborted ? error : MessagesUnavailableError.unlessFault(error);
    }
  }
}

function silenceParameters(
  { organizationId, start, end, horizon = end }: MessageRange,
  longerThanMs: number,
): string[] {
  return [organizationId, toTimestamp(start), toTimestamp(end), `${longerThanMs} milliseconds`, toTimestamp(horizon)];
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
      sessionId: session_id!,
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
