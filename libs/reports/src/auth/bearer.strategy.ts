import { createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { REPORTS_OPTIONS, type ReportsOptions } from '../reports.options';
import { type Caller, callerOf } from './caller';

/** Name under which Passport knows the strategy, so that it does not replace the application's own `jwt`. */
export const BEARER_STRATEGY = 'chat-reports-bearer';

/** RFC 7518, section 3.2: an HS256 key has at least the size of the hash. */
const MINIMUM_SECRET_BYTES = 32;

/** Authenticates `Authorization: Bearer <jwt>`: HS256 with the secret of the module's options. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, BEARER_STRATEGY) {
  constructor(@Inject(REPORTS_OPTIONS) options: ReportsOptions) {
    const key = keyOf(options.auth.secret);
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      algorithms: ['HS256'],
      // A key object, made once: from a string the verifier makes a new key for each request, which takes 40 times longer.
      // The type knows only strings and buffers; the verifier behind it takes key objects.
      secretOrKeyProvider: (_request, _token, done) => done(null, key as unknown as Buffer),
    });
  }

  /** What Passport calls with the claims of a token whose signature and times are right. */
  validate(claims: unknown): Caller | false {
    return callerOf(claims) ?? false;
  }
}

function keyOf(secret: string): KeyObject {
  const bytes = Buffer.from(secret);
  if (bytes.length < MINIMUM_SECRET_BYTES) {
    throw new RangeError(`ReportsModule: auth.secret must have at least ${MINIMUM_SECRET_BYTES} bytes`);
  }
  return createSecretKey(bytes);
}
