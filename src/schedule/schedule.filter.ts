import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  HttpException,
  HttpStatus,
  PreconditionFailedException,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { ScheduleChangedError, ScheduleError, ScheduleVersionRequiredError } from './schedule.error';

/** Responds to a schedule of the wrong form with 400, and to one that would undo a change of somebody else with 412 or 428. */
@Catch(ScheduleError, ScheduleChangedError, ScheduleVersionRequiredError)
export class ScheduleFilter extends BaseExceptionFilter {
  override catch(
    error: ScheduleError | ScheduleChangedError | ScheduleVersionRequiredError,
    host: ArgumentsHost,
  ): void {
    super.catch(toHttp(error), host);
  }
}

function toHttp(error: ScheduleError | ScheduleChangedError | ScheduleVersionRequiredError): HttpException {
  if (error instanceof ScheduleError) return new BadRequestException(error.problems);
  if (error instanceof ScheduleChangedError) return new PreconditionFailedException(error.message);
  const statusCode = HttpStatus.PRECONDITION_REQUIRED;
  return new HttpException({ statusCode, message: error.message, error: 'Precondition Required' }, statusCode);
}
