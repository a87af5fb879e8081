import { createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { REPORTS_OPTIONS, type ReportsOptions } from '../reports.options';
import { bearerTokenOf } from './bearer-token';
import { type BearerOptions, checkBearerOptions } from './bearer.options';
import { type Caller, callerOf } from './caller';
import { KeySet } from './key-set';

/** Name under which Passport knows the strategy, so that it does not replace the application's own `jwt`. */
export const BEARER_STRATEGY = 'chat-reports-bearer';

const CLOCK_TOLERANCE_SECONDS = 5;

/** Authenticates `Authorization: Bearer <jwt>` as the module's options say. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, BEARER_STRATEGY) {
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
