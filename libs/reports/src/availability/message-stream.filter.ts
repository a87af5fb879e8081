import { type ArgumentsHost, BadRequestException, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { MessageStreamError } from '../messages/message-stream.error';

const PARAMETERS = { organizationId: 'orgId', channel: 'channel' };

/** Answers 400 when an organization or a channel is asked for that the column of the table cannot hold. */
@Catch(MessageStreamError)
export class MessageStreamFilter extends BaseExceptionFilter {
  override catch({ field, explanation }: MessageStreamError, host: ArgumentsHost): void {
    super.catch(new BadRequestException([`${PARAMETERS[field]} ${explanation}`]), host);
  }
}
