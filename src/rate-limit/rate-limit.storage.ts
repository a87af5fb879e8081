import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import Redis from 'ioredis';

/** The most that a request waits for Redis. */
const COMMAND_TIMEOUT_MS = 100;

/** How long Redis is left alone after it has failed, so that not every request waits for it. */
const PAUSE_MS = 2_000;

const CONNECT_TIMEOUT_MS = 1_000;

/**
 * Counts requests in Redis, together with other instances. While Redis is away each instance counts for itself: a request
 * is never refused, and hardly delayed, because of it.
 */
@Injectable()
export class SharedRateLimitStorage implements ThrottlerStorage, OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('RateLimit');
  private readonly own = new ThrottlerStorageService();
  private readonly redis: Redis;
  private readonly shared: ThrottlerStorageRedisService;
  private isAway = false;
  private pausedUntilMs = 0;

  constructor(url: string) {
    this.redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // A connection on which nothing comes back is given up, and another one is tried.
      socketTimeout: PAUSE_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, PAUSE_MS),
    });
    this.redis.on('error', (error) => this.noteFailure(error));
    this.redis.on('ready', () => (this.pausedUntilMs = 0));
    this.shared = new ThrottlerStorageRedisService(this.redis);
  }

  /** Waits for the first connection, but not for long: the server starts without it. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch((error: unknown) => this.noteFailure(error));
  }

  async increment(...request: Parameters<ThrottlerStorage['increment']>): ReturnType<ThrottlerStorage['increment']> {
    if (this.redis.status !== 'ready' || Date.now() < this.pausedUntilMs) return this.own.increment(...request);
    try {
      const record = await this.shared.increment(...request);
      this.noteSuccess();
      return record;
    } catch (error) {
      this.noteFailure(error);
      return this.own.increment(...request);
    }
  }

  onApplicationShutdown(): void {
    this.own.onApplicationShutdown();
    this.redis.disconnect();
  }

  private noteFailure(error: unknown): void {
    this.pausedUntilMs = Date.now() + PAUSE_MS;
    if (this.isAway) return;
    this.isAway = true;
    this.logger.warn(`Redis is away, each instance counts requests for itself: ${String(error)}`);
  }

  private noteSuccess(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.logger.log('Redis is back, the instances count requests together');
  }
}
