import type { Principal } from './principal';

/** Kept beside the requests, whose `user` belongs to the application. */
const principals = new WeakMap<object, Principal>();

/** The principal of a request (of Express or Fastify) that the `BearerGuard` has passed; undefined for any other. */
export function principalOf(request: object): Principal | undefined {
  return principals.get(request);
}

/** Remembers the principal of a request. */
export function setPrincipal(request: object, principal: Principal): void {
  principals.set(request, principal);
}
