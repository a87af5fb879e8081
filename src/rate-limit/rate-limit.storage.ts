import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import Redis from 'ioredis';
import { LocalRateLimitStorage } from './local-rate-limit.storage';

/** How long a request waits for Redis at most. */
const COMMAND_TIMEOUT_MS = 100;

/** How long Redis is not used after a failure, so that not every request waits for it. */
const PAUSE_MS = 2_000;

const CONNECT_TIMEOUT_MS = 1_000;

/**
 * Counts requests in Redis, together with other instances. While Redis is unreachable, each instance counts by itself:
 * no request is rejected for that reason, and few are delayed.
 */
@Injectable()
export class SharedRateLimitStorage implements ThrottlerStorage, OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('RateLimit');
  private readonly local = new LocalRateLimitStorage();
  private readonly redis: Redis;
  private readonly shared: ThrottlerStorageRedisService;
  private isUnreachable = false;
  /** By the monotonic clock. */
  private pausedUntilMs = 0;

  constructor(url: string) {
    this.redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // Replaces a connection on which Redis does not respond.
      socketTimeout: PAUSE_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, PAUSE_MS),
    });
    this.redis.on('error', (error) => this.noteFailure(error));
    this.redis.on('ready', () => (this.pausedUntilMs = 0));
    this.shared = new ThrottlerStorageRedisService(this.redis);
  }

  /** Waits briefly for the first connection. The server starts even without it. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch((error: unknown) => this.noteFailure(error));
  }

  async increment(...request: Parameters<ThrottlerStorage['increment']>): ReturnType<ThrottlerStorage['increment']> {
    if (this.redis.status !== 'ready' || performance.now() < this.pausedUntilMs)
      return this.local.increment(...request);
    try {
      const record = await this.shared.increment(...request);
      this.noteSuccess();
      return record;
    } catch (error) {
      this.noteFailure(error);
      return this.local.increment(...request);
    }
  }

  onApplicationShutdown(): void {
    this.local.onApplicationShutdown();
    this.redis.disconnect();
  }

  private noteFailure(error: unknown): void {
    this.pausedUntilMs = performance.now() + PAUSE_MS;
    if (this.isUnreachable) return;
    this.isUnreachable = true;
    this.logger.warn(`Redis is unreachable; each instance counts requests on its own: ${String(error)}`);
  }

  private noteSuccess(): void {
    if (!this.isUnreachable) return;
    this.isUnreachable = false;
    this.logger.log('Redis is back; all instances count requests together');
  }
}
