import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import { type Caller, REPORTS_SCOPE } from './caller';

/** Keeps a caller within the organizations and the scope of the token. Stands behind the `BearerGuard`. */
@Injectable()
export class OrganizationGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { user, params } = context.switchToHttp().getRequest<{ user: Caller; params: { orgId: string } }>();
    if (!user.organizationIds.includes(params.orgId)) {
      throw new ForbiddenException('The token does not allow access to this organization');
    }
    if (!user.scopes.includes(REPORTS_SCOPE)) {
      throw new ForbiddenException(`The token does not have the scope ${REPORTS_SCOPE}`);
    }
    return true;
  }
}
