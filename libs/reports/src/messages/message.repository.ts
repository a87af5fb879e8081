import { Inject, Injectable } from '@nestjs/common';
import type { Activity, ActivitySum, ByChannel, Channel, LastMessage, OverviewActivity } from './activity';
import { type GapRow, type OverviewRow, type SumRow, toActivity, toActivityByChannel, toDate, toSum } from './gap-rows';
import type { Cancellable, MessageRange, MessageScope } from './message-scope';
import { type MessageQueries, MessageSource } from './message.source';
import { Parameter, type Sql, sql } from '../message-table/sql.fragment';
import { overviewStatement } from './overview.sql';
import { TooManyGapsError } from './too-many-gaps.error';
import {
  breakdownStatement,
  channelsStatement,
  gapSumsStatement,
  gapsStatement,
  lastMessageStatement,
} from './statements.sql';

/** The first and the last row may not be gaps. */
const EDGE_ROWS = 2;

interface ChannelRow {
  channel: string;
  first_ms: number | null;
  last_ms: number | null;
}

interface LastRow {
  at_ms: number;
  session_id: string | null;
}

/** Reads chat messages; no other class does. It finds gaps and knows nothing about downtime or availability. */
@Injectable()
export class MessageRepository {
  constructor(@Inject(MessageSource) protected readonly source: MessageQueries) {}

  /**
   * Finds every gap of more than `thresholdMs` milliseconds. Times with microseconds are truncated to milliseconds, so
   * a gap of exactly `thresholdMs` may be included.
   *
   * The cost grows with the length of the range, never with the number of messages: for each `thresholdMs` of the
   * range, it takes at most six index probes and reads at most twelve messages. Rows that a filter excludes are read as
   * well, unless a partial index leaves them out. Without an index that serves the scope, all messages are read once,
   * or three times with `asOf`.
   *
   * @throws MessagesUnavailableError if the database is unreachable or too slow
   * @throws MessageScopeError if the columns cannot hold such an organization or channel
   * @throws TooManyGapsError if there are more than `maximumGaps`
   */
  async findActivity(range: MessageRange, thresholdMs: number): Promise<Activity> {
    const table = await this.source.readTableFor(range);
    const indexes = await this.source.readIndexes();
    const isIndexed = range.channel === undefined ? indexes.organization : indexes.channel;
    return toActivity(await this.readGaps<GapRow>(gapsStatement(table, range, thresholdMs, isIndexed), range), range);
  }

  /**
   * Does the same, with the same errors, for an organization and for every channel that it has ever had, in one statement.
   *
   * @returns the activity of the organization, and of each channel, sorted by name; none if messages have no channel
   */
  async findActivityByChannel(range: Omit<MessageRange, 'channel'>, thresholdMs: number): Promise<ByChannel<Activity>> {
    const table = await this.source.readTableFor({ organizationId: range.organizationId });
    const { allChannels } = await this.source.readIndexes();
    const statement = breakdownStatement(table, range, thresholdMs, allChannels);
    const rows = await this.readGaps<GapRow & { channel: string | null }>(statement, range);
    return toActivityByChannel(rows, range);
  }

  /**
   * Does the same, but lets the database add up the gaps between messages of the range, so their number is not limited:
   * it returns one row for each channel.
   */
  async sumActivityByChannel(
    range: Omit<MessageRange, 'channel'>,
    thresholdMs: number,
  ): Promise<ByChannel<ActivitySum>> {
    const table = await this.source.readTableFor({ organizationId: range.organizationId });
    const { allChannels } = await this.source.readIndexes();
    const statement = gapSumsStatement(table, range, thresholdMs, allChannels);
    const [whole, ...channels] = await this.source.query<SumRow>(statement, range.signal);
    return {
      whole: toSum(whole!, range),
      channels: channels.map((row) => ({ channel: row.channel!, found: toSum(row, range) })),
    };
  }

  /**
   * Finds the activity of a scope, and that of its organization and every channel, with the same errors. One statement
   * reads it all from one state of the messages, and reads those of the organization only once.
   */
  async findOverview(range: MessageRange, thresholdMs: number): Promise<OverviewActivity<Activity>> {
    const { own, ofChannels } = await this.readOverview(range, thresholdMs, false);
    const activity = toActivity(own, range);
    const whole = range.channel === undefined ? activity : undefined;
    return { activity, byChannel: toActivityByChannel(ofChannels, range, whole) };
  }

  /** Does the same, but lets the database add up the gaps of the organization and of every channel. */
  async sumOverview(range: MessageRange, thresholdMs: number): Promise<OverviewActivity<ActivitySum>> {
    const { own, ofChannels } = await this.readOverview(range, thresholdMs, true);
    const activity = toActivity(own, range);
    const sums = ofChannels.map((row) => ({
      channel: row.channel,
      found: toSum({ ...row, last_before_ms: row.previous_ms, first_ms: row.at_ms }, range),
    }));
    const noSums = { innerGaps: 0, innerExcessMs: 0, innerLongestExcessMs: 0 };
    const whole = range.channel === undefined ? { ...activity, ...noSums } : sums.shift()!.found;
    return { activity, byChannel: { whole, channels: sums as { channel: string; found: ActivitySum }[] } };
  }

  /**
   * The instant that counts as now, by the clock of the database.
   *
   * @throws MessagesUnavailableError if the database is unreachable or too slow
   */
  now(): Promise<Date> {
    return this.source.now();
  }

  /**
   * Finds every channel that an organization has ever had, sorted by name, with its first and last messages up to an
   * instant. Takes three index probes for each channel. Finds none if messages have no channel.
   */
  async findChannels(
    { organizationId, signal }: Pick<MessageScope, 'organizationId'> & Cancellable,
    until: Date,
  ): Promise<Channel[]> {
    const table = await this.source.readTableFor({ organizationId });
    if (table.channel === undefined) return [];
    const { channel } = await this.source.readIndexes();
    const statement = channelsStatement(table, table.channel, { organizationId }, until, channel);
    const rows = await this.source.query<ChannelRow>(statement, signal);
    return rows.map(({ channel, first_ms, last_ms }) => ({
      channel,
      firstMessageAt: toDate(first_ms),
      lastMessageAt: toDate(last_ms),
    }));
  }

  /** Finds the last message up to an instant with one index probe; undefined if there is none. */
  async findLast(scope: MessageScope & Cancellable, until: Date): Promise<LastMessage | undefined> {
    const table = await this.source.readTableFor(scope);
    const [row] = await this.source.query<LastRow>(lastMessageStatement(table, scope, until), scope.signal);
    return row && { at: new Date(row.at_ms), sessionId: row.session_id ?? '' };
  }

  private async readOverview(range: MessageRange, thresholdMs: number, isSummed: boolean) {
    const { maximumGaps = Infinity, signal } = range;
    const table = await this.source.readTableFor(range);
    const indexes = await this.source.readIndexes();
    const limits = { isSummed, maximumRows: maximumGaps + EDGE_ROWS };
    const statement = overviewStatement(table, range, thresholdMs, indexes, limits);
    const rows = await this.source.query<OverviewRow>(statement, signal);
    const own = rows.filter(({ part }) => part === 1);
    const ofChannels = rows.filter(({ part }) => part === 2);
    // A breakdown also counts the gaps of the organization, which part 2 leaves out if they are those of the report.
    const ofBreakdown = ofChannels.length + (range.channel === undefined ? own.length : 0);
    const isTooLong = own.length > limits.maximumRows || (!isSummed && ofBreakdown > limits.maximumRows);
    if (isTooLong) throw new TooManyGapsError(maximumGaps);
    return { own, ofChannels };
  }

  /** Reads the rows of a statement, but at most one more than there may be. */
  private async readGaps<Row>(
    statement: Sql,
    { maximumGaps = Infinity, signal }: Partial<MessageRange>,
  ): Promise<Row[]> {
    if (maximumGaps === Infinity) return this.source.query<Row>(statement, signal);
    const maximumRows = maximumGaps + EDGE_ROWS;
    const rows = await this.source.query<Row>(sql`${statement}\n    limit ${new Parameter(maximumRows + 1)}`, signal);
    if (rows.length > maximumRows) throw new TooManyGapsError(maximumGaps);
    return rows;
  }
}
