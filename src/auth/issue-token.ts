import { createSecretKey } from 'node:crypto';
import type { BearerOptions } from '@chat-reports/nestjs';
import { sign, type SignOptions } from 'jsonwebtoken';
import { EnvironmentError } from '../config/environment';
import { DEFAULT_SCOPE } from './default-scope';

/** A token to be issued. */
export interface TokenRequest {
  organizationIds: string[];
  /** Scope names separated by spaces; default `reports:read`. */
  scope?: string;
  /** A duration such as `30m`; default `1h`. */
  expiresIn?: string;
}

/**
 * Signs a bearer token with the secret that the server verifies tokens with.
 *
 * @throws EnvironmentError if the server verifies tokens with public keys
 */
export function issueToken(
  { secret, issuer, audience }: BearerOptions,
  { organizationIds, scope = DEFAULT_SCOPE, expiresIn = '1h' }: TokenRequest,
): string {
  if (secret === undefined)
    throw new EnvironmentError('With JWT_JWKS_URL, tokens can only be issued by the owner of the keys');
  const [first, ...others] = organizationIds;
  return sign({ org_id: others.length === 0 ? first : organizationIds, scope }, createSecretKey(Buffer.from(secret)), {
    algorithm: 'HS256',
    subject: 'chat-reports-cli',
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    expiresIn: expiresIn as SignOptions['expiresIn'],
  });
}
