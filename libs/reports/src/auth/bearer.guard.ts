import { type CanActivate, type ExecutionContext, type FactoryProvider, Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions, isLogin } from './auth.options';
import { type BearerOptions, checkBearerOptions } from './bearer.options';

/** Injection token of the guard that verifies tokens; undefined if the application's own login decides. */
export const TOKEN_GUARD = Symbol('TOKEN_GUARD');

export const tokenGuardProvider: FactoryProvider = {
  provide: TOKEN_GUARD,
  inject: [AUTH_OPTIONS],
  useFactory: (auth?: AuthOptions) => (!auth || isLogin(auth) ? undefined : createTokenGuard(auth)),
};

const PASSPORT_MISSING = /^Cannot find module '(@nestjs\/passport|passport|passport-jwt)'/;

/**
 * Passes requests with a valid token, whose principal `principalOf(request)` then returns. Answers all others with 401; only the log
 * says what is wrong with their token.
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(@Inject(TOKEN_GUARD) private readonly guard: CanActivate) {}

  canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    return this.guard.canActivate(context);
  }
}

/** Loads Passport, which applications with their own login need not have installed. */
function createTokenGuard(options: BearerOptions): CanActivate {
  checkBearerOptions(options);
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import would load it always, or asynchronously.
    const { PassportGuard } = require('./passport.guard') as typeof import('./passport.guard');
    return new PassportGuard(options);
  } catch (error) {
    if (!PASSPORT_MISSING.test((error as Error).message)) throw error;
    throw new Error('ReportsModule: to verify bearer tokens, install @nestjs/passport, passport and passport-jwt', {
      cause: error,
    });
  }
}
