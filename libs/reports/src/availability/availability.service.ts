import { Inject, Injectable } from '@nestjs/common';
import type { Activity, Channel } from '../messages/activity';
import type { Cancellable, MessageScope } from '../messages/message-scope';
import { MessageRepository } from '../messages/message.repository';
import type { OpeningHours } from '../opening-hours/opening-hours';
import {
  NoOpeningHoursError,
  OPENING_HOURS_PROVIDER,
  type OpeningHoursProvider,
  SCHEDULED,
} from '../opening-hours/scheduled-hours';
import { measureWithAndWithoutExclusions, reportAndTrend, type Terms } from './availability.measurement';
import type {
  AvailabilityBreakdown,
  AvailabilityOverview,
  AvailabilityReport,
  AvailabilityTrend,
  ChannelState,
  CurrentAvailability,
  CurrentByChannel,
  CurrentState,
} from './availability.report';
import { stateAt } from './availability.state';
import { breakdownOfGaps, breakdownOfSums } from './availability.breakdown';
import { divideByCalendar, type Interval } from './calendar';
import { earlier, type Period } from './period';

export type { Channel } from '../messages/activity';

/** Injection token of the threshold in milliseconds. */
export const DOWNTIME_THRESHOLD = Symbol('DOWNTIME_THRESHOLD');

/**
 * Which gaps at the edges of a range count. `ignore`, the documented method, looks only between messages of the range.
 * `count` computes the downtimes from all messages, including a downtime that is still ongoing, and clips them to the range;
 * only the time before the very first message and the future then never count.
 */
export type Edges = 'ignore' | 'count';

/** A request for a report on an organization, or on one of its channels, from start to end, both included. */
export interface AvailabilityRequest extends MessageScope, Period, Cancellable {
  /** Default `ignore`. */
  edges?: Edges;
  /**
   * The instant that counts as now; default: the clock of the database. Matters only with `edges: 'count'`: later
   * messages and later time do not count, and a downtime that lasts until this instant is ongoing.
   */
  asOf?: Date;
  /**
   * If given, only open time counts. `scheduled`: the hours that the module's option `openingHours` finds. Default: all
   * time counts.
   */
  hours?: OpeningHours | typeof SCHEDULED;
  /**
   * Maximum number of gaps to read, of all channels together; default: no limit. A gap takes about a kilobyte of
   * memory.
   */
  maximumGaps?: number;
}

/** A request for the current state. */
export interface CurrentRequest extends MessageScope, Cancellable {
  /**
   * Outside these hours, chat is neither up nor down. `scheduled`: as in `AvailabilityRequest`. Default: all time
   * counts.
   */
  hours?: OpeningHours | typeof SCHEDULED;
}

/**
 * Reports when an organization's chat was up and down. Exported for other modules.
 *
 * The messages of all sessions form one sequence. A gap longer than the threshold (two minutes by default) is downtime,
 * starting one threshold after the last message. Instants are `Date`s with a precision of milliseconds, durations whole
 * milliseconds, and percentages run from 0 to 100.
 *
 * Every method throws
 * - a `MessagesUnavailableError` if the database is unreachable or too slow,
 * - a `MessageScopeError` if the columns cannot hold such an organization or channel,
 * - a `NoOpeningHoursError` if scheduled hours are requested and there are none,
 * - a `MessageTableError` if the table does not match the module's options,
 * - the reason of `signal` once it is aborted.
 *
 * Methods with a period also throw a `RangeError` unless it ends after it starts, and a `TooManyGapsError` if there are
 * more than `maximumGaps`.
 */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly messages: MessageRepository,
    @Inject(DOWNTIME_THRESHOLD) private readonly thresholdMs: number,
    @Inject(OPENING_HOURS_PROVIDER) private readonly findOpeningHours: OpeningHoursProvider,
  ) {}

  /** Reports the downtimes of a chat in a period. With `edges: 'ignore'`, a period without messages is 100 % available. */
  async report(request: AvailabilityRequest): Promise<AvailabilityReport> {
    const { terms, activity } = await this.read(request);
    return measureWithAndWithoutExclusions(terms, activity);
  }

  /**
   * Reports on a period and divides it along the calendar of a time zone.
   *
   * @param timeZone a name in the IANA database; default `UTC`
   * @throws TooManyBucketsError if there would be more than 10,000 buckets
   * @throws RangeError if there is no such time zone
   */
  async trend(request: AvailabilityRequest, interval: Interval, timeZone = 'UTC'): Promise<AvailabilityTrend> {
    const buckets = divideByCalendar(request, interval, timeZone);
    const { terms, activity } = await this.read(request);
    return reportAndTrend(terms, activity, buckets).trend;
  }

  /**
   * Reports on an organization and on every channel that it has ever had, as of one state of the messages. With scheduled hours,
   * a channel is measured by its own.
   */
  async breakdown(request: Omit<AvailabilityRequest, 'channel'>): Promise<AvailabilityBreakdown> {
    const range = await this.rangeOf(request);
    const hours = await this.hoursFor(request);
    const terms = { period: request, thresholdMs: this.thresholdMs, asOf: range.asOf };
    if (hours === undefined) {
      return breakdownOfSums(terms, await this.messages.sumActivityByChannel(range, this.thresholdMs));
    }
    const found = await this.messages.findActivityByChannel(range, this.thresholdMs);
    return breakdownOfGaps({ ...terms, hours }, found, this.hoursOfChannels(request));
  }

  /**
   * Returns what `report`, `trend` and `breakdown` return for the same request, from one state of the messages, which
   * are read once. The breakdown is always that of the organization, with the organization's hours, even if the request
   * is for a channel.
   *
   * @param timeZone a name in the IANA database; default `UTC`
   * @throws TooManyBucketsError if there would be more than 10,000 buckets
   * @throws RangeError if there is no such time zone
   */
  async overview(request: AvailabilityRequest, interval: Interval, timeZone = 'UTC'): Promise<AvailabilityOverview> {
    const buckets = divideByCalendar(request, interval, timeZone);
    const range = await this.rangeOf(request);
    const hours = await this.hoursFor(request);
    const ofOrganization =
      request.channel === undefined ? hours : await this.hoursFor({ ...request, channel: undefined });
    const terms = { period: request, thresholdMs: this.thresholdMs, asOf: range.asOf, hours };
    if (ofOrganization === undefined) {
      const { activity, byChannel } = await this.messages.sumOverview(range, this.thresholdMs);
      return { ...reportAndTrend(terms, activity, buckets), breakdown: breakdownOfSums(terms, byChannel) };
    }
    const { activity, byChannel } = await this.messages.findOverview(range, this.thresholdMs);
    const ownTerms = { ...terms, hours: ofOrganization };
    return {
      ...reportAndTrend(terms, activity, buckets),
      breakdown: await breakdownOfGaps(ownTerms, byChannel, this.hoursOfChannels(request)),
    };
  }

  /**
   * Lists every channel that an organization has ever had, sorted by name, with its first and last messages. The list
   * is empty for an unknown organization, or if messages have no channel.
   *
   * @param asOf the instant that counts as now: later messages do not count; default: the clock of the database
   */
  async channels(request: Pick<MessageScope, 'organizationId'> & Cancellable, asOf?: Date): Promise<Channel[]> {
    return this.messages.findChannels(request, asOf ?? (await this.messages.now()));
  }

  /**
   * Reports whether chat is up, judging by its last message.
   *
   * @param asOf the instant that counts as now; default: the clock of the database
   */
  async current({ hours: asked, ...scope }: CurrentRequest, asOf?: Date): Promise<CurrentAvailability> {
    const hours = await this.hoursFor({ hours: asked, ...scope });
    const now = asOf ?? (await this.messages.now());
    return { ...(await this.currentState(scope, hours, now)), ...(hours && { hours }) };
  }

  /**
   * Reports for every channel that an organization has ever had whether chat is up, judging by its last message. With scheduled
   * hours, a channel is judged by its own.
   *
   * @param asOf the instant that counts as now; default: the clock of the database
   */
  async currentByChannel(request: Omit<CurrentRequest, 'channel'>, asOf?: Date): Promise<CurrentByChannel> {
    const [{ organizationId }, isScheduled] = [request, request.hours === SCHEDULED];
    const hours = await this.hoursFor(request);
    const now = asOf ?? (await this.messages.now());
    const found = await this.messages.findChannels(request, now);
    const times = found.flatMap(({ lastMessageAt }) => lastMessageAt ?? []);
    const shared = stateAt(hours, now, this.thresholdMs, times);
    const channels = found.map(async ({ channel, lastMessageAt }): Promise<ChannelState> => {
      const own = isScheduled ? await this.findOpeningHours(organizationId, channel) : undefined;
      const named = { channel, ...(own && { hours: own }) };
      if (lastMessageAt === undefined) return { ...named, state: 'no_data' };
      const judge = own ? stateAt(own, now, this.thresholdMs, [lastMessageAt]) : shared;
      return { ...named, lastMessageAt, ...judge(lastMessageAt) };
    });
    return { ...(hours && { hours }), channels: await Promise.all(channels) };
  }

  private async currentState(
    scope: MessageScope & Cancellable,
    hours: OpeningHours | undefined,
    asOf: Date,
  ): Promise<CurrentState> {
    const last = await this.messages.findLast(scope, asOf);
    if (last === undefined) return { state: 'no_data' };
    const { at, sessionId } = last;
    return { lastMessageAt: at, sessionId, ...stateAt(hours, asOf, this.thresholdMs, [at])(at) };
  }

  /** The range of messages to read. `asOf` is set only where gaps at the edges count. */
  private async rangeOf({ edges, asOf, ...request }: AvailabilityRequest) {
    if (!(request.end > request.start)) throw new RangeError('end must be later than start');
    if (edges !== 'count') return { ...request, asOf: undefined };
    const now = asOf ?? (await this.messages.now());
    return { ...request, end: earlier(request.end, now), asOf: now };
  }

  /** Reads the terms and the activity of a report. */
  private async read(request: AvailabilityRequest): Promise<{ terms: Terms; activity: Activity }> {
    const range = await this.rangeOf(request);
    const hours = await this.hoursFor(request);
    const activity = await this.messages.findActivity(range, this.thresholdMs);
    return { terms: { period: request, thresholdMs: this.thresholdMs, asOf: range.asOf, hours }, activity };
  }

  /** Finds the hours of single channels; undefined for those that have none of their own. */
  private hoursOfChannels({ hours, organizationId }: CurrentRequest) {
    return async (channel: string) =>
      hours === SCHEDULED ? this.findOpeningHours(organizationId, channel) : undefined;
  }

  /** Finds the hours that a request asks for: a channel's own, or those of its organization. */
  private async hoursFor({ hours, organizationId, channel }: CurrentRequest): Promise<OpeningHours | undefined> {
    if (hours !== SCHEDULED) return hours;
    const own = channel === undefined ? undefined : await this.findOpeningHours(organizationId, channel);
    const scheduled = own ?? (await this.findOpeningHours(organizationId));
    if (scheduled === undefined) throw new NoOpeningHoursError(organizationId);
    return scheduled;
  }
}
