import i18next from 'i18next';
import { jwtDecode } from 'jwt-decode';

/** A bearer token or an API key, and what it grants. Only the server can tell whether it is valid. */
export interface Session {
  token: string;
  organizationIds: string[];
  /** Milliseconds since 1970. Missing for an API key: only the server knows when it expires. */
  expiresAtMs?: number;
}

/**
 * Reads the claims of a bearer token. The signature is not checked.
 *
 * @throws Error, in words the page can show, if the server would not accept such a token
 */
export function sessionOf(token: string): Session {
  const { exp, org_id: organization } = decode(token);
  const claimed = (Array.isArray(organization) ? organization : [organization])
    .map((id: unknown) => (typeof id === 'number' ? String(id) : id))
    .filter((id): id is string => typeof id === 'string' && id !== '');
  // A token may name an organization twice, but the picker rejects duplicates.
  const organizationIds = [...new Set(claimed)];
  if (typeof exp !== 'number') throw new Error(i18next.t('session.noExpiry'));
  if (exp * 1000 <= Date.now()) throw new Error(i18next.t('session.expired'));
  if (organizationIds.length === 0) throw new Error(i18next.t('session.noOrganization'));
  return { token, organizationIds, expiresAtMs: exp * 1000 };
}

/** With a signature at least as long as that of HS256, the shortest there is. */
const WHOLE_TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]{43,}|\bcr_[\w-]+/;
const ANY_TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/**
 * Finds the token in what people paste: the token itself, `Bearer …`, a quoted one, the printed link, or a line with curl, even if it
 * was wrapped over several lines.
 *
 * @returns the text without the space around it if there is none in it
 */
export function readToken(pasted: string): string {
  const [found] =
    WHOLE_TOKEN.exec(pasted) ?? WHOLE_TOKEN.exec(pasted.replace(/\s+/g, '')) ?? ANY_TOKEN.exec(pasted) ?? [];
  return found ?? pasted.trim();
}

/** Checks whether a text has the form of the server's API keys, which carry no claims. */
export function isApiKey(token: string): boolean {
  return /^cr_[\w-]+$/.test(token);
}

function decode(token: string): Record<string, unknown> {
  try {
    const claims = jwtDecode<Record<string, unknown> | null>(token);
    if (typeof claims !== 'object' || claims === null) throw new TypeError('The claims are not an object');
    return claims;
  } catch {
    throw new Error(i18next.t('session.noToken'));
  }
}
