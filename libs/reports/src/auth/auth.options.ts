import type { BearerOptions } from './bearer.options';
import type { LoginOptions } from './login.options';

/** Who may read reports: holders of bearer tokens, or users of the application's own login. */
export type AuthOptions = BearerOptions | LoginOptions;

/** Whether the application's own login decides. */
export function isLogin(options: AuthOptions): options is LoginOptions {
  return 'organizations' in options;
}

/** Injection token of the `auth` option. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');
