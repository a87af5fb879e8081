import { type ArgumentsHost, BadRequestException, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { TooManyBucketsError } from './calendar';

/** Answers 400 when a range would be cut into too many parts. */
@Catch(TooManyBucketsError)
export class TooManyBucketsFilter extends BaseExceptionFilter {
  override catch(error: TooManyBucketsError, host: ArgumentsHost): void {
    super.catch(new BadRequestException([error.message]), host);
  }
}
