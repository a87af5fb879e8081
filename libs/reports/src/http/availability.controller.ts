import { Controller, Get, Inject, Req, VERSION_NEUTRAL } from '@nestjs/common';
import { type AvailabilityRequest, AvailabilityService } from '../availability/availability.service';
import {
  AvailabilityQuery,
  BreakdownQuery,
  ChannelsQuery,
  CurrentChannelsQuery,
  CurrentQuery,
  OverviewQuery,
  type PeriodQuery,
  TrendQuery,
} from './availability.query';
import { AvailabilityResponse } from './responses/availability.response';
import { BreakdownResponse } from './responses/breakdown.response';
import { ChannelsResponse } from './responses/channels.response';
import { CSV_COLUMNS } from './csv/csv.columns';
import { OrCsv } from './csv/csv.interceptor';
import { CurrentChannelsResponse } from './responses/current-channels.response';
import { CurrentResponse } from './responses/current.response';
import { checkRange, checkRows, maximumGaps, REPORT_LIMITS, type ReportLimits } from './limits/report-limits';
import { Asks, type ReportRequest } from './report-request.interceptor';
import { OverviewResponse } from './responses/overview.response';
import { TrendResponse } from './responses/trend.response';

/**
 * Serves the availability of an organization's chat over HTTP. `ReportsModule` sets the first part of the path, and
 * `decorate` adds the guard and the interceptors. Reports do not depend on the application's pipes, interceptors and
 * versioning; errors are HTTP exceptions, which pass through its filters.
 */
@Controller({ path: ':orgId/chats/availability', version: VERSION_NEUTRAL })
export class AvailabilityController {
  constructor(
    private readonly availability: AvailabilityService,
    @Inject(REPORT_LIMITS) private readonly limits: Required<ReportLimits>,
  ) {}

  /** When chat was down in a range, and how available it was. */
  @Get()
  @Asks(AvailabilityQuery)
  @OrCsv({ name: 'availability', rows: 'down_times', columns: ({ edges }) => CSV_COLUMNS.downTimes(edges) })
  async report(@Req() { asked }: ReportRequest<AvailabilityQuery>): Promise<AvailabilityResponse> {
    const request = this.toRequest(asked);
    return AvailabilityResponse.of(await this.availability.report(request), asked.query, request);
  }

  /** How available chat was in each hour, day, week, month, quarter or year. */
  @Get('trend')
  @Asks(TrendQuery)
  @OrCsv({ name: 'trend', rows: 'buckets', columns: CSV_COLUMNS.buckets })
  async trend(@Req() { asked }: ReportRequest<TrendQuery>): Promise<TrendResponse> {
    const { interval, timezone } = asked.query;
    return TrendResponse.of(await this.availability.trend(this.toRequest(asked), interval, timezone));
  }

  /** How available chat was on each channel. */
  @Get('breakdown')
  @Asks(BreakdownQuery)
  @OrCsv({ name: 'breakdown', rows: 'channels', columns: CSV_COLUMNS.channels })
  async breakdown(@Req() { asked }: ReportRequest<BreakdownQuery>): Promise<BreakdownResponse> {
    return BreakdownResponse.of(await this.availability.breakdown(this.toRequest(asked)));
  }

  /** The responses of report, trend and breakdown, from one state of the messages. */
  @Get('overview')
  @Asks(OverviewQuery)
  async overview(@Req() { asked }: ReportRequest<OverviewQuery>): Promise<OverviewResponse> {
    const { interval, timezone } = asked.query;
    const request = this.toRequest(asked);
    const overview = await this.availability.overview(request, interval, timezone);
    const response = OverviewResponse.of(overview, asked.query, request);
    const { report, trend, breakdown } = response;
    for (const rows of [report.down_times, report.closed_times ?? [], trend.buckets, breakdown.channels]) {
      checkRows(rows.length, this.limits, 'or ask for report, trend and breakdown as CSV');
    }
    return response;
  }

  /** Which channels there are, and when the first and last messages of each were sent. */
  @Get('channels')
  @Asks(ChannelsQuery)
  @OrCsv({ name: 'channels', rows: 'channels', columns: CSV_COLUMNS.channelList })
  async channels(@Req() { asked }: ReportRequest<ChannelsQuery>): Promise<ChannelsResponse> {
    return ChannelsResponse.of(await this.availability.channels(asked));
  }

  /** Whether chat is up now. */
  @Get('current')
  @Asks(CurrentQuery)
  async current(@Req() { asked }: ReportRequest<CurrentQuery>): Promise<CurrentResponse> {
    const { query, ...rest } = asked;
    const hours = query.toOpeningHours();
    return CurrentResponse.of(await this.availability.current({ ...rest, channel: query.channel, hours }));
  }

  /** Whether chat is up now on each channel. */
  @Get('current/channels')
  @Asks(CurrentChannelsQuery)
  async currentByChannel(@Req() { asked }: ReportRequest<CurrentChannelsQuery>): Promise<CurrentChannelsResponse> {
    const { query, ...rest } = asked;
    const current = await this.availability.currentByChannel({ ...rest, hours: query.toOpeningHours() });
    return CurrentChannelsResponse.of(current);
  }

  private toRequest({ query, organizationId, signal }: ReportRequest<PeriodQuery>['asked']): AvailabilityRequest {
    const request = query.toRequest(organizationId, signal);
    checkRange(request, this.limits);
    return { ...request, maximumGaps: maximumGaps(this.limits) };
  }
}
