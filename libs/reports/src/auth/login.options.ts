import type { CanActivate, Type } from '@nestjs/common';

/** Uses the application's own login instead of bearer tokens. */
export interface LoginOptions {
  /**
   * Passes requests of users who are logged in. For all others it returns false (403) or throws an exception, whose status is
   * used. The application's provider of this class is used, of any scope; if there is none, the module creates one. Default: none,
   * for applications with a global guard, which runs before the module's own anyway.
   */
  guard?: Type<CanActivate>;
  /**
   * The organizations whose reports the user of a request may read. Requests for others are answered with 403.
   *
   * @param request of the framework (Express or Fastify), including what guards have added to it
   */
  organizations(request: object): readonly (string | number)[] | Promise<readonly (string | number)[]>;
}
