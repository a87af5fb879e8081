import { TokenRefusal } from './token-refusal';

/** The sender of a request, according to its token or key. */
export interface Principal {
  /** The `sub` claim. */
  subject: string;
  /** Organizations whose reports the principal may read. */
  organizationIds: string[];
  scopes: string[];
}

/** Finds the organizations whose reports the holder of a token may read, given its verified claims. */
export type OrganizationsOf = (claims: Record<string, unknown>) => unknown;

/** Scope that a token needs to read reports. */
export const REPORTS_SCOPE = 'reports:read';

/**
 * Reads the claims of a verified token: `exp` and `sub` as in RFC 7519, `org_id` (an organization or an array of them, each a
 * string or a whole number), and scopes in `scope` as in RFC 8693 (names separated by spaces) or `scp`, or in arrays.
 *
 * @param organizationsOf finds the organizations instead, and grants the scope to read their reports
 * @throws TokenRefusal if a required claim is missing or has the wrong type
 */
export async function readClaims(claims: unknown, organizationsOf?: OrganizationsOf): Promise<Principal> {
  if (typeof claims !== 'object' || claims === null) throw new TokenRefusal('is malformed');
  const { exp, sub, org_id: organization, scope, scp } = claims as Record<string, unknown>;
  // The verifier checks `exp` only if it is present, so a token without it would be valid forever.
  if (typeof exp !== 'number') throw new TokenRefusal('has no expiry, or one that is not a number (exp)');
  if (!isName(sub)) throw new TokenRefusal('has no subject, or one that is not a string (sub)');
  const scopes = [...scopesIn('scope', scope), ...scopesIn('scp', scp)];
  if (organizationsOf === undefined) return { subject: sub, organizationIds: organizationsIn(organization), scopes };
  const found = await organizationsOf(claims as Record<string, unknown>);
  return { subject: sub, organizationIds: organizationsIn(found), scopes: [REPORTS_SCOPE, ...scopes] };
}

function organizationsIn(claim: unknown): string[] {
  const claimed: unknown[] = Array.isArray(claim) ? claim : [claim ?? ''];
  if (claimed.length === 0 || claimed.includes('')) throw new TokenRefusal('has no organization (org_id)');
  return claimed.map((id) => {
    // A larger number has lost digits, and may be that of another organization.
    const name = Number.isSafeInteger(id) ? String(id) : id;
    if (isName(name)) return name;
    throw new TokenRefusal('has an organization that is neither a string nor a whole number (org_id)');
  });
}

function scopesIn(name: string, claim: unknown = ''): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((scope) => scope !== '');
  if (Array.isArray(claim) && claim.every((scope) => typeof scope === 'string')) return claim;
  throw new TokenRefusal(`has a scope that is neither a string nor an array of strings (${name})`);
}

function isName(value: unknown): value is string {
  // PostgreSQL has no text with a NUL, so no organization can have such a name.
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}
