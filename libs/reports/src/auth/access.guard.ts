import { type CanActivate, type ExecutionContext, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { toUnavailableException } from '../unavailable.exception';
import { AUTH_OPTIONS, type AuthOptions, isLogin } from './auth.options';
import { TOKEN_GUARD } from './bearer.guard';
import { LoginGuard } from './login.guard';
import { OrganizationGuard } from './organization.guard';

/**
 * Guards the reports of the organization in the route: a request passes if its bearer token, or the application's own login,
 * allows it to read them.
 */
@Injectable()
export class AccessGuard implements CanActivate, OnModuleInit {
  /** Authentication, then authorization. */
  private guards: CanActivate[] = [];

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly moduleRef: ModuleRef,
  ) {}

  async onModuleInit(): Promise<void> {
    this.guards = isLogin(this.options)
      ? [await LoginGuard.of(this.options, this.moduleRef)]
      : [this.moduleRef.get<CanActivate>(TOKEN_GUARD), new OrganizationGuard()];
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Without initialization there are no guards yet, so let nobody pass.
    if (this.guards.length === 0) return false;
    try {
      for (const guard of this.guards) if (!(await guard.canActivate(context))) return false;
      return true;
    } catch (error) {
      throw toUnavailableException(error, context);
    }
  }
}
