import { BearerGuard, HttpErrorInterceptor, OrganizationGuard, principalOf } from '@chat-reports/nestjs';
import {
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  NotFoundException,
  Param,
  Put,
  Query,
  Req,
  Res,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTagOf, parseIfMatch } from './entity-tag';
import { readHistoryLimit } from './history-limit';
import { readJsonBody } from './json-body';
import { ScheduleFilter } from './schedule.filter';
import { readSchedule } from './schedule.reader';
import { ScheduleBody, ScheduleHistoryResponse } from './schedule.response';
import { ScheduleService } from './schedule.service';

/** Scope that a token needs to change a schedule. */
export const SCHEDULE_SCOPE = 'schedule:write';

const MAXIMUM_BODY_BYTES = 100 * 1024;
const MayRead = () => UseGuards(BearerGuard, new OrganizationGuard());
const MayWrite = () => UseGuards(BearerGuard, new OrganizationGuard(SCHEDULE_SCOPE));
const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'The `ETag` of the schedule to be replaced; required if there is one.',
};
const LIMIT = {
  name: 'limit',
  required: false,
  type: 'integer',
  description: 'How many changes at most, from 1 to 100; default: 100.',
};
const NO_SCHEDULE = 'The organization has no schedule.';
const CHANGED = 'The schedule has changed since it was read.';
const UNCONDITIONAL = 'There is a schedule, but no `If-Match`.';

/** Serves the opening hours of an organization, which reports with `hours=scheduled` take. */
@Controller('backend/reports/:orgId/schedule')
@UseFilters(ScheduleFilter)
@UseInterceptors(HttpErrorInterceptor)
export class ScheduleController {
  constructor(private readonly schedules: ScheduleService) {}

  @Get()
  @MayRead()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The opening hours of an organization.' })
  @ApiOkResponse({ type: ScheduleBody })
  @ApiResponse({ status: 404, description: NO_SCHEDULE })
  async read(
    @Param('orgId') organizationId: string,
    @Res({ passthrough: true }) response: FastifyReply,
  ): Promise<ScheduleBody> {
    const stored = await this.schedules.find(organizationId);
    if (stored === undefined) throw new NotFoundException('The organization has no schedule');
    void response.header('ETag', entityTagOf(stored.version));
    return stored.schedule;
  }

  @Get('history')
  @MayRead()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who changed the opening hours of an organization, when and to what.' })
  @ApiOkResponse({ type: ScheduleHistoryResponse })
  @ApiQuery(LIMIT)
  async history(
    @Param('orgId') organizationId: string,
    @Query('limit') limit: unknown,
  ): Promise<ScheduleHistoryResponse> {
    return ScheduleHistoryResponse.of(await this.schedules.history(organizationId, readHistoryLimit(limit)));
  }

  @Put()
  @MayWrite()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Replaces the opening hours of an organization. Needs the scope `schedule:write`.' })
  @ApiHeader(IF_MATCH)
  @ApiBody({ type: ScheduleBody })
  @ApiOkResponse({ type: ScheduleBody, description: 'The schedule as it is stored.' })
  @ApiResponse({ status: 412, description: CHANGED })
  @ApiResponse({ status: 413, description: 'The body has more than 100 KB.' })
  @ApiResponse({ status: 428, description: UNCONDITIONAL })
  async replace(
    @Param('orgId') organizationId: string,
    @Req() request: FastifyRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: FastifyReply,
  ): Promise<ScheduleBody> {
    const schedule = readSchedule(await readJsonBody(request.raw, MAXIMUM_BODY_BYTES));
    const change = { organizationId, replaces: parseIfMatch(ifMatch), changedBy: principalOf(request)!.subject };
    void response.header('ETag', entityTagOf(await this.schedules.put(schedule, change)));
    return schedule;
  }

  @Delete()
  @MayWrite()
  @HttpCode(204)
  @ApiOperation({ summary: 'Deletes the opening hours of an organization. Needs the scope `schedule:write`.' })
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse({ description: 'The schedule is deleted; its history remains.' })
  @ApiResponse({ status: 404, description: NO_SCHEDULE })
  @ApiResponse({ status: 412, description: CHANGED })
  @ApiResponse({ status: 428, description: UNCONDITIONAL })
  async delete(
    @Param('orgId') organizationId: string,
    @Req() request: FastifyRequest,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    if ((await this.schedules.find(organizationId)) === undefined)
      throw new NotFoundException('The organization has no schedule');
    const change = { organizationId, replaces: parseIfMatch(ifMatch), changedBy: principalOf(request)!.subject };
    await this.schedules.delete(change);
  }
}
