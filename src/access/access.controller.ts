import { BearerGuard, type Caller, UnavailableFilter } from '@chat-reports/nestjs';
import { Controller, Get, Req, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AccessResponse } from './access.response';

/** Tells who brings a token what it is for: an API key does not say so itself. */
@Controller('backend/access')
@UseGuards(BearerGuard)
@UseFilters(UnavailableFilter)
export class AccessController {
  @Get()
  @ApiOperation({ summary: 'What the token may read.' })
  @ApiOkResponse({ type: AccessResponse })
  access(@Req() { user }: { user: Caller }): AccessResponse {
    return AccessResponse.of(user);
  }
}
