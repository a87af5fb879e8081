import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { decodeJwt, decodeProtectedHeader } from '../esm-only/jose';
import { bearerTokenOf } from './bearer-token';
import type { BearerOptions } from './bearer.options';
import { KeySet } from './key-set';
import { type Principal, readClaims } from './principal';
import { TokenRefusal } from './token-refusal';

/** Prefix of the strategy's name, so that it does not replace the application's own `jwt` strategy. */
const NAME = 'chat-reports-bearer';

const CLOCK_TOLERANCE_SECONDS = 5;

/** Authenticates `Authorization: Bearer <token>` according to the module's options. */
export class BearerStrategy extends PassportStrategy(Strategy, NAME) {
  /** Unique, since Passport registers strategies per process, which may host several applications. */
  override readonly name = `${NAME}-${randomUUID()}`;
  private readonly findCaller: BearerOptions['findCaller'];
  private readonly organizationsOf: BearerOptions['organizationsOf'];

  constructor(options: BearerOptions) {
    super({
      jwtFromRequest: bearerTokenOf,
      // A public key must never be used as a secret, so each kind of key has its own algorithms.
      algorithms: options.secret === undefined ? ['RS256', 'ES256'] : ['HS256'],
      issuer: options.issuer,
      audience: options.audience,
      jsonWebTokenOptions: { clockTolerance: options.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS },
      secretOrKeyProvider: keyProvider(options),
    });
    this.findCaller = options.findCaller;
    this.organizationsOf = options.organizationsOf;
    passport.unuse(NAME);
    passport.use(this);
  }

  /** Called by Passport. A JSON Web Token contains dots; a token without them is opaque. */
  override authenticate(request: Parameters<Strategy['authenticate']>[0], options?: unknown): void {
    const token = bearerTokenOf(request);
    if (this.findCaller === undefined || token === null || token.includes('.')) {
      const problem = token === null ? undefined : problemOf(token);
      if (problem === undefined) super.authenticate(request, options);
      else this.refuse(problem);
      return;
    }
    this.findCaller(token).then(
      (principal) =>
        principal ? this.success(principal) : this.refuse('is not a known API key, or has expired or been revoked'),
      (error: unknown) => this.error(error as Error),
    );
  }

  /**
   * Called by Passport with the claims of a token whose signature and times are valid.
   *
   * @returns the principal; or false and the reason
   */
  async validate(claims: unknown): Promise<Principal | [principal: false, reason: TokenRefusal]> {
    try {
      return await readClaims(claims, this.organizationsOf);
    } catch (error) {
      if (error instanceof TokenRefusal) return [false, error];
      throw error;
    }
  }

  private refuse(reason: string): void {
    this.fail(new TokenRefusal(reason), 401);
  }
}

/**
 * Says why the verifier cannot judge a token, if so. It ignores extensions that must be understood (`crit` in RFC 7515, and
 * `b64` in RFC 7797), and fails on claims that are not an object.
 */
function problemOf(token: string): string | undefined {
  try {
    decodeJwt(token);
    const header = decodeProtectedHeader(token);
    return 'crit' in header || 'b64' in header ? 'requires an extension that is not supported (crit, b64)' : undefined;
  } catch {
    return 'is malformed';
  }
}

/**
 * Provides the verifier with key objects. Given a string, it would create one for each request, which takes 40 times longer.
 * The verifier's types allow only strings and buffers.
 */
function keyProvider({ secret, jwksUrl }: BearerOptions): SecretOrKeyProvider {
  const toKey = (key: KeyObject | undefined) => key as unknown as Buffer;
  if (secret !== undefined) {
    const key = createSecretKey(Buffer.from(secret));
    return (_request, _token, done) => done(null, toKey(key));
  }
  const keys = new KeySet(jwksUrl);
  return (_request, token: string, done) => {
    keys.find(token).then(
      (key) => done(null, toKey(key)),
      (error: unknown) => done(error, undefined),
    );
  };
}
