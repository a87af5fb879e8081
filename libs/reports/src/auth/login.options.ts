import type { CanActivate, Type } from '@nestjs/common';

/** The application's own login in place of bearer tokens. */
export interface LoginOptions {
  /**
   * Lets in who is logged in, and answers everyone else itself: false is a 403, an exception is what it says. The
   * application's provider of this class, or else one that is made for this module.
   */
  guard: Type<CanActivate>;
  /**
   * The organizations whose reports a request that the guard let in may read. All others are answered with 403.
   *
   * @param request of the framework (Express or Fastify), with what the guard has added to it
   */
  organizations(request: object): readonly (string | number)[] | Promise<readonly (string | number)[]>;
}
