import { Controller, Get, Param, Query, type Type, UseFilters, UseGuards } from '@nestjs/common';
import { AccessGuard } from '../auth/access.guard';
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
import { MessageStreamFilter } from './message-stream.filter';
import { QueryValidationPipe } from './query-validation.pipe';
import { TooManyBucketsFilter } from './too-many-buckets.filter';

/** Serves the availability of an organization's chat over HTTP. */
@Controller()
@UseGuards(AccessGuard)
@UseFilters(UnavailableFilter, TooManyBucketsFilter, MessageStreamFilter)
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

/** Makes the controller for one place: each module may have its own, so the class itself is bound to none. */
export function availabilityControllerAt(path: string): Type<AvailabilityController> {
  @Controller(`${path}/:orgId/chats/availability`)
  class PlacedController extends AvailabilityController {}
  // OpenAPI calls the operations after the class, and looks for them in no class above it.
  Object.defineProperty(PlacedController, 'name', { value: AvailabilityController.name });
  const { prototype } = AvailabilityController;
  const handlers = { ...Object.getOwnPropertyDescriptors(prototype), constructor: { value: PlacedController } };
  Object.defineProperties(PlacedController.prototype, handlers);
  return PlacedController;
}
