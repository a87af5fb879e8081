import { Controller, Get, Param, Query, UseFilters, UseGuards } from '@nestjs/common';
import { BearerGuard } from '../auth/bearer.guard';
import { OrganizationGuard } from '../auth/organization.guard';
import { UnavailableFilter } from '../unavailable.filter';
import { AvailabilityQuery, BreakdownQuery, CurrentQuery, TrendQuery } from './availability.query';
import {
  AvailabilityResponse,
  BreakdownResponse,
  CSV_COLUMNS,
  CurrentResponse,
  TrendResponse,
} from './availability.response';
import { AvailabilityService } from './availability.service';
import { OrCsv } from './csv.interceptor';
import { HangUp } from './hang-up.signal';
import { QueryValidationPipe } from './query-validation.pipe';
import { TooManyBucketsFilter } from './too-many-buckets.filter';

/** Serves the availability of an organization's chat over HTTP. */
@Controller('backend/reports/:orgId/chats/availability')
@UseGuards(BearerGuard, OrganizationGuard)
@UseFilters(UnavailableFilter, TooManyBucketsFilter)
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityService) {}

  /** When it was down between two instants. */
  @Get()
  @OrCsv({ name: 'availability', rows: 'down_times', columns: ({ edges }) => CSV_COLUMNS.downTimes(edges) })
  async report(
    @Param('orgId') organizationId: string,
    @Query(QueryValidationPipe) query: AvailabilityQuery,
    @HangUp() signal: AbortSignal,
  ): Promise<AvailabilityResponse> {
    const request = { ...query.toRequest(organizationId), signal };
    return AvailabilityResponse.of(await this.availability.report(request), query.include);
  }

  /** How available it was in each hour, day, week or month. */
  @Get('trend')
  @OrCsv({ name: 'trend', rows: 'buckets', columns: CSV_COLUMNS.buckets })
  async trend(
    @Param('orgId') organizationId: string,
    @Query(QueryValidationPipe) query: TrendQuery,
    @HangUp() signal: AbortSignal,
  ): Promise<TrendResponse> {
    const request = { ...query.toRequest(organizationId), signal };
    return TrendResponse.of(await this.availability.trend(request, query.interval, query.timezone));
  }

  /** How available each of its channels was. */
  @Get('breakdown')
  @OrCsv({ name: 'breakdown', rows: 'channels', columns: CSV_COLUMNS.channels })
  async breakdown(
    @Param('orgId') organizationId: string,
    @Query(QueryValidationPipe) query: BreakdownQuery,
    @HangUp() signal: AbortSignal,
  ): Promise<BreakdownResponse> {
    return BreakdownResponse.of(await this.availability.breakdown({ ...query.toRequest(organizationId), signal }));
  }

  /** Whether it is alive now. */
  @Get('current')
  async current(
    @Param('orgId') organizationId: string,
    @Query(QueryValidationPipe) { channel }: CurrentQuery,
    @HangUp() signal: AbortSignal,
  ): Promise<CurrentResponse> {
    return CurrentResponse.of(await this.availability.current({ organizationId, channel, signal }));
  }
}
