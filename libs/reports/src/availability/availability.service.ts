import { Inject, Injectable } from '@nestjs/common';
import { type Activity, MessageRepository, type MessageStream } from '../messages/message.repository';
import { checkThreshold, REPORTS_OPTIONS, type ReportsOptions } from '../reports.options';
import { cutByCalendar, type Interval } from './calendar';
import { type Availability, DOWNTIME_THRESHOLD_MS, earlier, later, measureAvailability } from './downtime';
import type { Period } from './period';
import { shareOut, type TrendBucket } from './trend';

/**
 * Whether silence at the edges of a range counts. `ignore`, the documented method, looks between the messages of the
 * range only. `count` takes the downtimes of the whole stream, one that is still running included, and cuts out the
 * range; then the time before the very first message and the future are the only ones that never count.
 */
export type Edges = 'ignore' | 'count';

/** What a report is about: an organization, or one of its channels, from start to end, both included. */
export interface AvailabilityRequest extends MessageStream, Period {
  /** Default `ignore`. */
  edges?: Edges;
  /** What counts as now; default: the clock. */
  now?: Date;
}

/** The availability in a period, and what is known of it. */
export interface AvailabilityReport extends Availability {
  /** First and last message in the period; undefined if there is none. */
  firstMessageAt?: Date;
  lastMessageAt?: Date;
  /** The part of the period of which messages tell anything; undefined if they tell nothing. */
  observed?: Period;
}

/** A report, and the same cut along a calendar. */
export interface AvailabilityTrend {
  whole: AvailabilityReport;
  buckets: TrendBucket[];
}

/** A report on an organization, and on each of its channels. */
export interface AvailabilityBreakdown {
  whole: AvailabilityReport;
  /** The worst first. */
  channels: { channel: string; report: AvailabilityReport }[];
}

/** Whether a chat is alive now. */
export type CurrentAvailability =
  | { state: 'no_data' }
  | {
      /** Down when the last message is more than the threshold ago. */
      state: 'up' | 'down';
      /** Up: the last message. Down: when the downtime began. */
      since: Date;
      lastMessageAt: Date;
      /** Session of the last message. */
      sessionId: string;
    };

/**
 * Answers whether an organization's chat was alive, and when it was not. Exported for other modules.
 *
 * Messages of all sessions make one stream. Every method throws a MessagesUnavailableError when the database is away or
 * too slow, a RangeError when the end is not
 * later than the start, and a MessageStreamError, which is one too, for what no organization or channel can be called.
 */
@Injectable()
export class AvailabilityService {
  private readonly thresholdMs: number;

  constructor(
    private readonly messages: MessageRepository,
    @Inject(REPORTS_OPTIONS) { downtimeThreshold = DOWNTIME_THRESHOLD_MS }: Pick<ReportsOptions, 'downtimeThreshold'>,
  ) {
    checkThreshold(downtimeThreshold);
    this.thresholdMs = downtimeThreshold;
  }

  /** Reports the downtimes of a chat in a period. Without messages there are none, and the percentage is 100. */
  async report(request: AvailabilityRequest): Promise<AvailabilityReport> {
    const range = rangeOf(request);
    return this.toReport(request, range.horizon, await this.messages.findActivity(range, this.thresholdMs));
  }

  /**
   * Reports once, and cuts the report along the calendar of an IANA time zone.
   *
   * @throws TooManyBucketsError for more than 10 000 of them
   */
  async trend(request: AvailabilityRequest, interval: Interval, timeZone = 'UTC'): Promise<AvailabilityTrend> {
    const buckets = await cutByCalendar(request, interval, timeZone);
    const whole = await this.report(request);
    return { whole, buckets: shareOut(buckets, whole.downtimes, whole.observed) };
  }

  /** Reports on an organization and on every channel that it has ever had, in two statements. */
  async breakdown(request: Omit<AvailabilityRequest, 'channel'>): Promise<AvailabilityBreakdown> {
    const range = rangeOf(request);
    // One after the other: together they could wait for each other's connection.
    const whole = await this.messages.findActivity(range, this.thresholdMs);
    const byChannel = await this.messages.findActivityByChannel(range, this.thresholdMs);
    const channels = [...byChannel].map(([channel, activity]) => ({
      channel,
      report: this.toReport(request, range.horizon, activity),
    }));
    // The sort is stable, so channels that are equally bad stay in the order of their names.
    channels.sort((one, other) => other.report.totalDowntimeMs - one.report.totalDowntimeMs);
    return { whole: this.toReport(request, range.horizon, whole), channels };
  }

  /** Tells whether a chat is alive, from its last message. */
  async current(stream: MessageStream, now = new Date()): Promise<CurrentAvailability> {
    const last = await this.messages.findLast(stream, now);
    if (last === undefined) return { state: 'no_data' };
    const downSince = new Date(last.at.getTime() + this.thresholdMs);
    const isDown = now > downSince;
    const [state, since] = isDown ? (['down', downSince] as const) : (['up', last.at] as const);
    return { state, since, lastMessageAt: last.at, sessionId: last.sessionId };
  }

  /** @param now where silence at the edges counts, the instant until which it does */
  private toReport(period: Period, now: Date | undefined, activity: Activity): AvailabilityReport {
    const { firstMessageAt, lastMessageAt, lastBefore, silences } = activity;
    const start = lastBefore === undefined ? firstMessageAt : period.start;
    const end = now === undefined ? lastMessageAt : earlier(period.end, now);
    const isObserved = start !== undefined && end !== undefined && start <= end;
    return {
      ...measureAvailability(period, silences, this.thresholdMs, now),
      firstMessageAt,
      lastMessageAt,
      observed: isObserved ? { start: later(start, period.start), end } : undefined,
    };
  }
}

function rangeOf(request: AvailabilityRequest): AvailabilityRequest & { horizon?: Date } {
  if (!(request.end > request.start)) throw new RangeError('end must be later than start');
  if (request.edges !== 'count') return request;
  const horizon = request.now ?? new Date();
  return { ...request, end: earlier(request.end, horizon), horizon };
}
