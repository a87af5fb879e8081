import { type DynamicModule, type ExecutionContext, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule, type ThrottlerOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { RateLimitGuard, tokenTrackerOf } from './rate-limit.guard';
import { SharedRateLimitStorage } from './rate-limit.storage';

/** How many requests there may be in a minute. */
export interface RateLimitOptions {
  /** From one address, or one /64 network of IPv6; 0 for any number. */
  perAddress: number;
  /** With one token; 0 for any number. */
  perToken: number;
  /** Redis, in which several instances count together; without it, each counts in its memory. */
  redisUrl?: string;
}

const WINDOW_MS = 60_000;

/** Keeps one client from taking the server from all others. Its guard runs before every other one. */
@Module({})
export class RateLimitModule {
  static forRoot({ perAddress, perToken, redisUrl }: RateLimitOptions): DynamicModule {
    const limits = [limitOf('address', perAddress), { ...limitOf('token', perToken), ...TOKEN }];
    const throttlers = limits.filter(({ limit }) => limit !== 0);
    if (throttlers.length === 0) return { module: RateLimitModule };
    const storage = redisUrl === undefined ? undefined : new SharedRateLimitStorage(redisUrl);
    return {
      module: RateLimitModule,
      imports: [ThrottlerModule.forRoot({ throttlers, storage })],
      providers: [{ provide: APP_GUARD, useClass: RateLimitGuard }],
    };
  }
}

function limitOf(name: string, limit: number): ThrottlerOptions {
  return { name, limit, ttl: WINDOW_MS, setHeaders: false };
}

const TOKEN: Partial<ThrottlerOptions> = {
  skipIf: (context: ExecutionContext) =>
    tokenTrackerOf(context.switchToHttp().getRequest<FastifyRequest>()) === undefined,
  getTracker: (request) => tokenTrackerOf(request as FastifyRequest)!,
};
