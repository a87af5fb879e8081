import { type CanActivate, type ExecutionContext, ForbiddenException, Logger } from '@nestjs/common';
import { REPORTS_SCOPE } from './principal';
import { principalOf } from './request-principal';

/**
 * Rejects requests that the organizations and scopes of the token do not allow, for routes with an organization `:orgId`. Runs
 * after the `BearerGuard`.
 */
export class OrganizationGuard implements CanActivate {
  private readonly logger = new Logger(OrganizationGuard.name);

  /** @param scope the scope that a token needs */
  constructor(private readonly scope: string = REPORTS_SCOPE) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ params: { orgId: string } }>();
    const principal = principalOf(request);
    if (principal === undefined) throw new Error('OrganizationGuard must run after BearerGuard');
    if (!principal.organizationIds.includes(request.params.orgId)) {
      throw this.refuse('does not allow access to this organization', ' (org_id)');
    }
    if (!principal.scopes.includes(this.scope)) {
      throw this.refuse(`does not have the scope ${this.scope}`);
    }
    return true;
  }

  private refuse(reason: string, claim = ''): ForbiddenException {
    this.logger.log(`Token refused: it ${reason}${claim}`);
    return new ForbiddenException(`The token ${reason}`);
  }
}
