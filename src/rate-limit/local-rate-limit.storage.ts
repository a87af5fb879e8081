import { Injectable } from '@nestjs/common';
import { ThrottlerStorageService } from '@nestjs/throttler';

/** A correction of the clock that counts as set back. A smaller one prolongs a block by no more than itself. */
const SET_BACK_MS = 1_000;

/** Counts requests in memory. If the clock is set back, it starts anew instead of blocking clients until then. */
@Injectable()
export class LocalRateLimitStorage extends ThrottlerStorageService {
  private latestMs = 0;

  override increment(
    ...request: Parameters<ThrottlerStorageService['increment']>
  ): ReturnType<ThrottlerStorageService['increment']> {
    const nowMs = Date.now();
    // Its expiry times would now be too far away.
    if (nowMs < this.latestMs - SET_BACK_MS) this.onApplicationShutdown();
    this.latestMs = nowMs;
    return super.increment(...request);
  }
}
