import { Controller, Get, Param, Query, UseFilters, UseGuards } from '@nestjs/common';
import { BearerGuard } from '../auth/bearer.guard';
import { OrganizationGuard } from '../auth/organization.guard';
import { MessagesUnavailableFilter } from '../messages/messages-unavailable.filter';
import { AvailabilityQuery } from './availability.query';
import { AvailabilityResponse } from './availability.response';
import { AvailabilityService } from './availability.service';
import { QueryValidationPipe } from './query-validation.pipe';

/** Serves the availability report over HTTP. */
@Controller('backend/reports/:orgId/chats/availability')
@UseGuards(BearerGuard, OrganizationGuard)
@UseFilters(MessagesUnavailableFilter)
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityService) {}

  /** The availability of the organization's chat between two instants. */
  @Get()
  async report(
    @Param('orgId') organizationId: string,
    @Query(QueryValidationPipe) query: AvailabilityQuery,
  ): Promise<AvailabilityResponse> {
    return AvailabilityResponse.of(await this.availability.report(query.toRequest(organizationId)));
  }
}
