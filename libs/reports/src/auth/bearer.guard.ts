import { type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { KeysUnavailableError } from './key-set';
import { BearerStrategy } from './bearer.strategy';

/** Lets in who brings a valid token, and answers 401 to everyone else without saying what was wrong with theirs. */
@Injectable()
export class BearerGuard extends AuthGuard() {
  constructor({ name }: BearerStrategy) {
    super({ defaultStrategy: name });
  }

  override handleRequest<Caller>(
    error: unknown,
    caller: Caller | false,
    info: unknown,
    context: ExecutionContext,
  ): Caller {
    if (error) throw error as Error;
    if (info instanceof KeysUnavailableError) throw info;
    if (caller) return caller;
    // RFC 6750, section 3.
    context
      .switchToHttp()
      .getResponse<{ header(name: string, value: string): void }>()
      .header('WWW-Authenticate', 'Bearer');
    throw new UnauthorizedException('Invalid or missing authentication token');
  }
}
