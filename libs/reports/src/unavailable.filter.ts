import { type ArgumentsHost, Catch, Logger, ServiceUnavailableException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { UnavailableError } from './unavailable.error';

/** After how many seconds a client may ask again. */
const RETRY_AFTER_SECONDS = 5;

/** Answers 503 with `Retry-After` when something is away: an honest error instead of a wrong number. */
@Catch(UnavailableError)
export class UnavailableFilter extends BaseExceptionFilter {
  private readonly logger = new Logger(UnavailableFilter.name);

  override catch(error: UnavailableError, host: ArgumentsHost): void {
    this.logger.error(`${error.message}: ${String(error.cause)}`);
    const response = host.switchToHttp().getResponse<{ header(name: string, value: string): void }>();
    response.header('Retry-After', String(RETRY_AFTER_SECONDS));
    super.catch(new ServiceUnavailableException(error.message), host);
  }
}
