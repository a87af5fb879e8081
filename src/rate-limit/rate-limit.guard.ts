import { createHash } from 'node:crypto';
import { type ExecutionContext, HttpException, HttpStatus, Injectable } from '@nestjs/common';
import { type ThrottlerLimitDetail, ThrottlerGuard } from '@nestjs/throttler';

/** What a header says of who asks, before anyone has looked whether it is true: a token, or a key. */
const BEARER = /^Bearer +(\S+)/i;

/**
 * The token of a request, told by its hash: the storage holds no tokens. The signature is left out, since some can be
 * written in several ways.
 */
export function tokenTrackerOf(request: { headers: { authorization?: string } }): string | undefined {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  return token && createHash('sha256').update(token.split('.', 2).join('.')).digest('hex');
}

/** Counts the requests of an address and of a token over all routes together, and says with 429 when to ask again. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `chat-reports:${name}:${tracker}`;
  }

  protected override throwThrottlingException(
    context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    const seconds = Math.max(1, timeToBlockExpire);
    this.setResponseHeader(context.switchToHttp().getResponse(), 'Retry-After', String(seconds));
    const message = `Too many requests: ask again in ${seconds} s`;
    const body = { statusCode: HttpStatus.TOO_MANY_REQUESTS, message, error: 'Too Many Requests' };
    return Promise.reject(new HttpException(body, HttpStatus.TOO_MANY_REQUESTS));
  }
}
