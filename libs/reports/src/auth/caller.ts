/** Who asks, as the token says. */
export interface Caller {
  /** The `sub` claim. */
  subject: string;
  /** Organizations whose reports the caller may read. */
  organizationIds: string[];
  scopes: string[];
}

/** Scope that a token needs to read reports. */
export const REPORTS_SCOPE = 'reports:read';

/**
 * Reads the claims of a verified token: `exp` and `sub` as in RFC 7519, `org_id` (one organization or an array of them),
 * and `scope` as in RFC 8693 (names separated by spaces).
 *
 * @returns undefined if one that is required is missing or has another type
 */
export function callerOf(claims: unknown): Caller | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { exp, sub, org_id: organization, scope = '' } = claims as Record<string, unknown>;
  const organizationIds: unknown[] = Array.isArray(organization) ? organization : [organization];
  // A token without an end would be accepted for ever: the verifier checks `exp` only where there is one.
  if (typeof exp !== 'number' || !isName(sub) || typeof scope !== 'string') return undefined;
  if (organizationIds.length === 0 || !organizationIds.every(isName)) return undefined;
  return { subject: sub, organizationIds, scopes: scope.split(' ') };
}

function isName(value: unknown): value is string {
  // PostgreSQL knows no text with a NUL, so nobody is called so.
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}
