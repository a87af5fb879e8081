import { type CanActivate, type ExecutionContext, ForbiddenException, type Type } from '@nestjs/common';
import { ContextIdFactory, type ModuleRef } from '@nestjs/core';
import { isObservable, lastValueFrom } from 'rxjs';
import type { LoginOptions } from './login.options';

/** Asks the application's own login: its guard, if it is not a global one, and then which organizations the user may read. */
export class LoginGuard implements CanActivate {
  private constructor(
    private readonly login: LoginOptions,
    private readonly findGuard: (request: object) => Promise<CanActivate>,
  ) {}

  static async of(login: LoginOptions, moduleRef: ModuleRef): Promise<LoginGuard> {
    return new LoginGuard(
      login,
      login.guard ? await finderOf(login.guard, moduleRef) : () => Promise.resolve(NO_GUARD),
    );
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ params: { orgId: string } }>();
    const answer = (await this.findGuard(request)).canActivate(context);
    if (!(await (isObservable(answer) ? lastValueFrom(answer) : answer))) return false;
    const allowed = await this.login.organizations(request);
    if (allowed.some((organization) => String(organization) === request.params.orgId)) return true;
    throw new ForbiddenException('You do not have access to this organization');
  }
}

const NO_GUARD: CanActivate = { canActivate: () => true };

/** Finds the application's guard, which may be another one for each request; if there is none, creates one for all of them. */
async function finderOf(
  guard: Type<CanActivate>,
  moduleRef: ModuleRef,
): Promise<(request: object) => Promise<CanActivate>> {
  if (!isProvided(guard, moduleRef)) {
    const created = await moduleRef.create(guard);
    return () => Promise.resolve(created);
  }
  return (request) => {
    const contextId = ContextIdFactory.getByRequest(request);
    moduleRef.registerRequestByContextId(request, contextId);
    return moduleRef.resolve(guard, contextId, { strict: false });
  };
}

function isProvided(guard: Type<CanActivate>, moduleRef: ModuleRef): boolean {
  try {
    moduleRef.introspect(guard);
    return true;
  } catch {
    return false;
  }
}
