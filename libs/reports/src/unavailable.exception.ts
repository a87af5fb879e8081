import { type ExecutionContext, Logger, ServiceUnavailableException } from '@nestjs/common';
import { UnavailableError } from './unavailable.error';

/** After how many seconds a client may retry. */
const RETRY_AFTER_SECONDS = 5;

const logger = new Logger(UnavailableError.name);

/**
 * Turns an `UnavailableError` into an HTTP exception (503), adds `Retry-After` to the response, and logs the cause.
 *
 * @returns the exception; any other error unchanged
 */
export function toUnavailableException(error: unknown, context: ExecutionContext): unknown {
  if (!(error instanceof UnavailableError)) return error;
  logger.error(`${error.message}: ${String(error.cause)}`);
  const response = context.switchToHttp().getResponse<{ header(name: string, value: string): void }>();
  response.header('Retry-After', String(RETRY_AFTER_SECONDS));
  return new ServiceUnavailableException(error.message, { cause: error });
}
