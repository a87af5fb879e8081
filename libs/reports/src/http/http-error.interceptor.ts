import {
  BadRequestException,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  NotFoundException,
} from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { TooManyBucketsError } from '../availability/calendar';
import { MessageScopeError } from '../messages/message-scope.error';
import { TooManyGapsError } from '../messages/too-many-gaps.error';
import { NoOpeningHoursError } from '../opening-hours/scheduled-hours';
import { toUnavailableException } from '../unavailable.exception';

const PARAMETERS = { organizationId: 'orgId', channel: 'channel' };

/**
 * Turns errors of the `AvailabilityService` into HTTP exceptions, which the application's filters then handle: an
 * `UnavailableError` into 503 with `Retry-After`, a request for which no report is possible into 400, and missing
 * opening hours into 404.
 */
@Injectable()
export class HttpErrorInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        throw toHttpException(error, context);
      }),
    );
  }
}

function toHttpException(error: unknown, context: ExecutionContext): unknown {
  const options = { cause: error };
  if (error instanceof MessageScopeError) {
    return new BadRequestException([`${PARAMETERS[error.field]} ${error.explanation}`], options);
  }
  if (error instanceof TooManyBucketsError || error instanceof TooManyGapsError) {
    return new BadRequestException([error.message], options);
  }
  if (error instanceof NoOpeningHoursError) return new NotFoundException(error.message, options);
  return toUnavailableException(error, context);
}
