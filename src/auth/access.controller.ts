import { BearerGuard, principalOf } from '@chat-reports/nestjs';
import { Controller, Get, Header, Inject, Optional, Req, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AccessResponse } from './access.response';

/** Token of the URL of conversations, if there is one. */
export const CONVERSATION_URL = Symbol('CONVERSATION_URL');

/** Returns what the token of a request may read. A JSON Web Token contains this itself, but an API key does not. */
@Controller('backend/access')
@UseGuards(BearerGuard)
export class AccessController {
  constructor(@Optional() @Inject(CONVERSATION_URL) private readonly conversationUrl?: string) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What the token may read.' })
  @ApiOkResponse({ type: AccessResponse })
  access(@Req() request: object): AccessResponse {
    return AccessResponse.of(principalOf(request)!, this.conversationUrl);
  }
}
