import type { OrganizationsOf, Principal } from './principal';

/** How bearer tokens are verified: JSON Web Tokens (RFC 7519) and, with `findCaller`, opaque ones. */
export type BearerOptions = (SecretOptions | KeySetOptions) & ClaimOptions & OpaqueOptions;

interface SecretOptions {
  /** Key of HS256 signatures, at least 32 bytes. */
  secret: string;
  jwksUrl?: undefined;
}

interface KeySetOptions {
  /** URL of the issuer's public keys: a JSON Web Key Set (RFC 7517). Tokens are signed with RS256 or ES256. */
  jwksUrl: string;
  secret?: undefined;
}

interface ClaimOptions {
  /** Required value of `iss`; default: any. */
  issuer?: string;
  /** Required value of `aud`, or of one of its elements; default: any. */
  audience?: string;
  /** Clock skew between the issuer and this server, in seconds; default 5. */
  clockToleranceSeconds?: number;
  /**
   * Finds the organizations whose reports the holder of a token may read, given its verified claims: an organization or an array of
   * them, each a string or a whole number, or a promise of that. Without any the token is refused. May throw an UnavailableError. It
   * alone decides: the claim `org_id` and the scope `reports:read` are not needed then. Default: reads those.
   */
  organizationsOf?: OrganizationsOf;
}

interface OpaqueOptions {
  /**
   * Finds the principal of a token that is not a JSON Web Token, such as an API key; undefined rejects the token. May throw an
   * UnavailableError. Default: only JSON Web Tokens are accepted.
   */
  findCaller?: (token: string) => Promise<Principal | undefined>;
}

/** RFC 7518, section 3.2: an HS256 key must be at least as long as the hash. */
const MINIMUM_SECRET_BYTES = 32;

/** @throws RangeError if an option is missing, conflicting, too short or empty, naming it */
export function checkBearerOptions(options: BearerOptions): void {
  const { secret, jwksUrl } = options;
  if ((secret === undefined) === (jwksUrl === undefined)) {
    const name = (['secret', 'jwksUrl'] as const).find((key) => key in options && options[key] === undefined);
    const hint =
      name && jwksUrl === undefined ? `, and ${name} is undefined: is the variable set that it comes from?` : '';
    throw new RangeError(`ReportsModule: auth needs exactly one of secret and jwksUrl${hint}`);
  }
  if (secret !== undefined && !(typeof secret === 'string' && Buffer.byteLength(secret) >= MINIMUM_SECRET_BYTES)) {
    throw new RangeError(`ReportsModule: auth.secret must have at least ${MINIMUM_SECRET_BYTES} bytes`);
  }
  if (jwksUrl !== undefined && !isKeySetUrl(jwksUrl)) {
    throw new RangeError(
      'ReportsModule: auth.jwksUrl must begin with https:// or http:// and must not contain a user name or password',
    );
  }
  // The verifier treats an empty value as none.
  for (const name of ['issuer', 'audience'] as const) {
    if (options[name] === '') throw new RangeError(`ReportsModule: auth.${name} must not be empty`);
  }
}

/** Whether keys can be fetched from a URL. Credentials in it would not be sent, but could get into a log. */
function isKeySetUrl(text: string): boolean {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
