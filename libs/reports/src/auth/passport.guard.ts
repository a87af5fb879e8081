import { type ExecutionContext, Logger, UnauthorizedException } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { toUnavailableException } from '../unavailable.exception';
import { bearerTokenOf } from './bearer-token';
import type { BearerOptions } from './bearer.options';
import { BearerStrategy } from './bearer.strategy';
import { KeysUnavailableError } from './key-set';
import type { Principal } from './principal';
import { setPrincipal } from './request-principal';
import { explainRefusal } from './token-refusal';

/** The `BearerGuard` as Passport makes it. This file loads Passport, so only `bearer.guard.ts` may load it, and only when needed. */
export class PassportGuard extends AuthGuard() {
  private readonly logger = new Logger('BearerGuard');

  constructor(options: BearerOptions) {
    super({ defaultStrategy: new BearerStrategy(options).name });
  }

  /** Passport writes `user` and `authInfo` to the object it gets as the request; those of the real request belong to the application. */
  override getRequest(context: ExecutionContext): object {
    return Object.create(context.switchToHttp().getRequest<object>()) as object;
  }

  override handleRequest<User>(error: unknown, user: User | false, info: unknown, context: ExecutionContext): User {
    const fault = error || (info instanceof KeysUnavailableError && info);
    if (fault) throw toUnavailableException(fault, context);
    const http = context.switchToHttp();
    const request = http.getRequest<Parameters<typeof bearerTokenOf>[0]>();
    if (user) {
      setPrincipal(request, user as User & Principal);
      return user;
    }
    const reason = bearerTokenOf(request) === null ? 'is not exactly one bearer token' : explainRefusal(info);
    if (request.headers.authorization !== undefined) this.logger.log(`Token refused: it ${reason}`);
    // RFC 6750, section 3.
    http.getResponse<{ header(name: string, value: string): void }>().header('WWW-Authenticate', 'Bearer');
    throw new UnauthorizedException('Invalid or missing authentication token');
  }
}
