import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ThrottlerModule, type ThrottlerOptions } from '@nestjs/throttler';
import { LocalRateLimitStorage } from './local-rate-limit.storage';
import { AFTER_AUTHENTICATION, BEFORE_AUTHENTICATION, RateLimitGuard } from './rate-limit.guard';
import { SharedRateLimitStorage } from './rate-limit.storage';
import { TokenLimitInterceptor } from './token-limit.interceptor';

/** How many requests are allowed per minute. */
export interface RateLimitOptions {
  /** From an address, or from a /64 network of IPv6; 0 for no limit. */
  perAddress: number;
  /** With a token; 0 for no limit. */
  perToken: number;
  /** URL of a Redis server where all instances count together; default: each instance counts in its own memory. */
  redisUrl?: string;
}

const WINDOW_MS = 60_000;

/** Prevents a single client from exhausting the server. Its guard runs before all others, its interceptor after them. */
@Module({})
export class RateLimitModule {
  static forRoot({ perAddress, perToken, redisUrl }: RateLimitOptions): DynamicModule {
    const limits = [
      { ...limitOf('address', perAddress), ...BEFORE_AUTHENTICATION },
      { ...limitOf('token', perToken), ...AFTER_AUTHENTICATION },
    ];
    const throttlers = limits.filter(({ limit }) => limit !== 0);
    if (throttlers.length === 0) return { module: RateLimitModule };
    const storage = redisUrl === undefined ? new LocalRateLimitStorage() : new SharedRateLimitStorage(redisUrl);
    return {
      module: RateLimitModule,
      imports: [ThrottlerModule.forRoot({ throttlers, storage })],
      providers: [
        RateLimitGuard,
        { provide: APP_GUARD, useExisting: RateLimitGuard },
        { provide: APP_INTERCEPTOR, useClass: TokenLimitInterceptor },
      ],
    };
  }
}

function limitOf(name: string, limit: number): ThrottlerOptions {
  return { name, limit, ttl: WINDOW_MS, setHeaders: false };
}
