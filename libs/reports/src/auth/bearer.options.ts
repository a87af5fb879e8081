import type { Caller } from './caller';

/** How bearer tokens are verified: JSON Web Tokens (RFC 7519) and, with `findCaller`, opaque ones. */
export type BearerOptions = (SecretOptions | KeySetOptions) & ClaimOptions & OpaqueOptions;

interface SecretOptions {
  /** Key that signs the tokens with HS256, at least 32 bytes. */
  secret: string;
  jwksUrl?: undefined;
}

interface KeySetOptions {
  /** Where the public keys of the tokens' issuer are: a JSON Web Key Set (RFC 7517). The tokens are of RS256 or ES256. */
  jwksUrl: string;
  secret?: undefined;
}

interface ClaimOptions {
  /** What `iss` has to be; without it, anything. */
  issuer?: string;
  /** What `aud` has to be or to include; without it, anything. */
  audience?: string;
  /** By how many seconds the clocks may differ; default 5. */
  clockToleranceSeconds?: number;
}

interface OpaqueOptions {
  /**
   * Knows who brings a token that is no JSON Web Token, such as an API key; undefined refuses it. Throws an
   * UnavailableError when that cannot be told at the moment. Default: only JSON Web Tokens are taken.
   */
  findCaller?: (token: string) => Promise<Caller | undefined>;
}

/** RFC 7518, section 3.2: an HS256 key has at least the size of the hash. */
const MINIMUM_SECRET_BYTES = 32;

/** Throws a RangeError that names the option if one of them would let in more than it says. */
export function checkBearerOptions(options: BearerOptions): void {
  const { secret, jwksUrl } = options;
  if ((secret === undefined) === (jwksUrl === undefined)) {
    throw new RangeError('ReportsModule: auth needs exactly one of secret and jwksUrl');
  }
  if (secret !== undefined && Buffer.byteLength(secret) < MINIMUM_SECRET_BYTES) {
    throw new RangeError(`ReportsModule: auth.secret must have at least ${MINIMUM_SECRET_BYTES} bytes`);
  }
  if (jwksUrl !== undefined && !/^https?:\/\/./.test(jwksUrl)) {
    throw new RangeError('ReportsModule: auth.jwksUrl must begin with https:// or http://');
  }
  // The verifier takes an empty one for none.
  for (const name of ['issuer', 'audience'] as const) {
    if (options[name] === '') throw new RangeError(`ReportsModule: auth.${name} must not be empty`);
  }
}
