import { SetMetadata, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/**
 * The metadata key under which decorators of @nestjs/swagger such as `ApiBearerAuth` keep the security requirements of
 * a controller. The library does not depend on that package.
 */
const API_SECURITY = 'swagger/apiSecurity';

/** The name that `ApiBearerAuth()` and `addBearerAuth()` use. */
const BEARER = [{ bearer: [] }];

/**
 * Describes in OpenAPI documents which authentication the routes of a controller require, unless its decorators do so.
 *
 * @param controller with the decorators of the application, and nothing else yet
 * @returns a function to call once it is known whether the module verifies bearer tokens. That may differ between
 * applications of one process, as in tests that override options.
 */
export function describeSecurity(controller: Type<object>): (verifiesTokens: boolean) => void {
  const decorated: unknown = new Reflector().get(API_SECURITY, controller);
  return (verifiesTokens) => {
    SetMetadata(API_SECURITY, decorated ?? (verifiesTokens ? BEARER : undefined))(controller);
  };
}
