import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { isObservable, lastValueFrom } from 'rxjs';
import { REPORTS_OPTIONS, type ReportsOptions } from '../reports.options';
import { BearerGuard } from './bearer.guard';
import type { BearerOptions } from './bearer.options';
import { BearerStrategy } from './bearer.strategy';
import type { LoginOptions } from './login.options';
import { OrganizationGuard } from './organization.guard';

/** Lets in who may read the reports of the organization in the route: by bearer token, or by the application's login. */
@Injectable()
export class AccessGuard implements CanActivate, OnModuleInit {
  /** In order: who it is, and what they may read. */
  private guards: CanActivate[] = [];

  constructor(
    @Inject(REPORTS_OPTIONS) private readonly options: ReportsOptions<BearerOptions | LoginOptions>,
    private readonly moduleRef: ModuleRef,
  ) {}

  async onModuleInit(): Promise<void> {
    const { auth } = this.options;
    if ('guard' in auth) {
      this.guards = [await this.findOrMake(auth.guard), new AllowedOrganizationGuard(auth)];
    } else {
      this.guards = [new BearerGuard(this.moduleRef.get(BearerStrategy)), new OrganizationGuard()];
    }
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // An application that was never initialized must not be an open door.
    if (this.guards.length === 0) return false;
    for (const guard of this.guards) {
      const answer = guard.canActivate(context);
      if (!(await (isObservable(answer) ? lastValueFrom(answer) : answer))) return false;
    }
    return true;
  }

  private async findOrMake(guard: Type<CanActivate>): Promise<CanActivate> {
    try {
      return this.moduleRef.get(guard, { strict: false });
    } catch {
      return this.moduleRef.create(guard);
    }
  }
}

/** Keeps a request within the organizations that the application allows it. */
class AllowedOrganizationGuard implements CanActivate {
  constructor(private readonly login: LoginOptions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ params: { orgId: string } }>();
    const allowed = await this.login.organizations(request);
    if (allowed.some((organization) => String(organization) === request.params.orgId)) return true;
    throw new ForbiddenException('This organization is not one of yours');
  }
}
