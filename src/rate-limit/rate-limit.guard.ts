import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { principalOf } from '@chat-reports/nestjs';
import { bearerTokenOf } from '@chat-reports/nestjs/internal';
import { type ExecutionContext, HttpException, HttpStatus, Injectable } from '@nestjs/common';
import { type ThrottlerLimitDetail, ThrottlerGuard, type ThrottlerOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';

/** Restricts the limit per address to the time before authentication, so that each request counts once. */
export const BEFORE_AUTHENTICATION: Partial<ThrottlerOptions> = { skipIf: isAuthenticated };

/**
 * Restricts the limit per token to the time after authentication: nobody can use up the allowance of a token without
 * having it.
 */
export const AFTER_AUTHENTICATION: Partial<ThrottlerOptions> = {
  skipIf: (context) => !isAuthenticated(context),
  getTracker: (request) => hashOf(bearerTokenOf(request as FastifyRequest)!),
};

/** Whether the principal of a request is known. */
export function isAuthenticated(context: ExecutionContext): boolean {
  return principalOf(context.switchToHttp().getRequest<FastifyRequest>()) !== undefined;
}

/**
 * Identifies a token without storing it. The hash does not include the signature, since some valid signatures can be
 * written in several ways.
 */
function hashOf(token: string): string {
  return createHash('sha256').update(token.split('.', 2).join('.')).digest('hex');
}

/** How long a refusal takes. A client that asks again at once would otherwise keep the server busy with refusing. */
const REFUSAL_DELAY_MS = 1_000;

/** Counts a request over all routes together. Answers excess requests with 429 and `Retry-After`, but not at once. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `chat-reports:${name}:${tracker}`;
  }

  protected override async throwThrottlingException(
    context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    await sleep(REFUSAL_DELAY_MS, undefined, { ref: false });
    const seconds = Math.max(1, timeToBlockExpire);
    this.setResponseHeader(context.switchToHttp().getResponse(), 'Retry-After', String(seconds));
    const message = `Too many requests: retry in ${seconds} s`;
    const body = { statusCode: HttpStatus.TOO_MANY_REQUESTS, message, error: 'Too Many Requests' };
    throw new HttpException(body, HttpStatus.TOO_MANY_REQUESTS);
  }
}
