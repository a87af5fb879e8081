import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { REPORTS_OPTIONS, type ReportsOptions } from '../reports.options';
import { bearerTokenOf } from './bearer-token';
import { type BearerOptions, checkBearerOptions } from './bearer.options';
import { type Caller, callerOf } from './caller';
import { KeySet } from './key-set';

/** What Passport's names for the strategies begin with, so that none replaces the application's own `jwt`. */
const NAME = 'chat-reports-bearer';

const CLOCK_TOLERANCE_SECONDS = 5;

/** Authenticates `Authorization: Bearer <token>` as the module's options say. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, NAME) {
  /** Passport knows strategies for the whole process, in which there may be several applications. */
  override readonly name = `${NAME}-${randomUUID()}`;
  private readonly findCaller: BearerOptions['findCaller'];

  constructor(@Inject(REPORTS_OPTIONS) { auth }: ReportsOptions) {
    checkBearerOptions(auth);
    super({
      jwtFromRequest: bearerTokenOf,
      // A public key must never be taken for a secret, so each kind of key has its own algorithms.
      algorithms: auth.secret === undefined ? ['RS256', 'ES256'] : ['HS256'],
      issuer: auth.issuer,
      audience: auth.audience,
      jsonWebTokenOptions: { clockTolerance: auth.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS },
      secretOrKeyProvider: keyProvider(auth),
    });
    this.findCaller = auth.findCaller;
    passport.unuse(NAME);
    passport.use(this);
  }

  /** What Passport calls with a request. A JSON Web Token has dots; whatever has none is an opaque token. */
  override authenticate(request: Parameters<Strategy['authenticate']>[0], options?: unknown): void {
    const token = bearerTokenOf(request);
    if (this.findCaller === undefined || token === null || token.includes('.')) {
      super.authenticate(request, options);
      return;
    }
    this.findCaller(token).then(
      (caller) => (caller ? this.success(caller) : this.fail(401)),
      (error: unknown) => this.error(error as Error),
    );
  }

  /** What Passport calls with the claims of a token whose signature and times are right. */
  validate(claims: unknown): Caller | false {
    return callerOf(claims) ?? false;
  }
}

/**
 * Gives the verifier key objects: from a string it makes a new one for each request, which takes 40 times longer. Its type
 * knows only strings and buffers.
 */
function keyProvider({ secret, jwksUrl }: BearerOptions): SecretOrKeyProvider {
  const give = (key: KeyObject | undefined) => key as unknown as Buffer;
  if (secret !== undefined) {
    const key = createSecretKey(Buffer.from(secret));
    return (_request, _token, done) => done(null, give(key));
  }
  const keys = new KeySet(jwksUrl);
  return (_request, token: string, done) => {
    keys.find(token).then(
      (key) => done(null, give(key)),
      (error: unknown) => done(error, undefined),
    );
  };
}
