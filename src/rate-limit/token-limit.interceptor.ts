import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { isAuthenticated, RateLimitGuard } from './rate-limit.guard';

/** Counts requests per token. An interceptor is the first to run after all guards, of which one authenticates. */
@Injectable()
export class TokenLimitInterceptor implements NestInterceptor {
  constructor(private readonly limit: RateLimitGuard) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (isAuthenticated(context)) await this.limit.canActivate(context);
    return next.handle();
  }
}
