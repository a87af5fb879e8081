import { createSecretKey } from 'node:crypto';
import { type BearerOptions, REPORTS_SCOPE } from '@chat-reports/nestjs';
import { sign, type SignOptions } from 'jsonwebtoken';
import { EnvironmentError } from '../environment';

/** What a token allows, and for how long. */
export interface TokenRequest {
  organizationIds: string[];
  /** Names separated by spaces; default `reports:read`. */
  scope?: string;
  /** A number and a unit: `30m`, `1h`, `7d`. Default `1h`. */
  expiresIn?: string;
}

/** Whether a text is of the form of `TokenRequest.expiresIn`. Without a unit the signing library reads milliseconds. */
export function isDuration(text: string): boolean {
  return /^[1-9]\d{0,5}[smhd]$/.test(text);
}

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a text of that form. */
export function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * UNITS_MS[text.at(-1) as keyof typeof UNITS_MS];
}

/** Signs a bearer token with the secret that the server verifies it with. Throws where the server verifies with public keys. */
export function issueToken(
  { secret, issuer, audience }: BearerOptions,
  { organizationIds, scope = REPORTS_SCOPE, expiresIn = '1h' }: TokenRequest,
): string {
  if (secret === undefined) throw new EnvironmentError('Tokens are issued by the owner of JWT_JWKS_URL, not here');
  const [first, ...others] = organizationIds;
  return sign({ org_id: others.length === 0 ? first : organizationIds, scope }, createSecretKey(Buffer.from(secret)), {
    algorithm: 'HS256',
    subject: 'chat-reports-cli',
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    expiresIn: expiresIn as SignOptions['expiresIn'],
  });
}
