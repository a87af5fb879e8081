import { join } from 'node:path';
import type { BearerOptions } from '@chat-reports/nestjs';
import { type Environment, EnvironmentError } from '../config/environment';
import { makeDataDirectory } from '../embedded-postgres/data-directory';
import { readOrCreateSecret } from '../embedded-postgres/secret-file';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Derives from the settings how bearer tokens are verified. The demo generates a secret and stores it in the data
 * directory.
 *
 * @throws EnvironmentError if a required setting is missing, if two settings are mutually exclusive, or if keys would be fetched
 * without TLS in production
 */
export async function readBearerOptions(environment: Environment): Promise<BearerOptions> {
  const { JWT_SECRET: secret, JWT_JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = environment;
  if (secret !== undefined && jwksUrl !== undefined) {
    throw new EnvironmentError(
      'JWT_SECRET and JWT_JWKS_URL are mutually exclusive: set the one that your tokens are signed with',
    );
  }
  if (environment.isProduction && (issuer === undefined || audience === undefined)) {
    throw new EnvironmentError(
      'JWT_ISSUER and JWT_AUDIENCE are required with NODE_ENV=production: the iss and aud claims of your tokens',
    );
  }
  const claims = { issuer, audience, clockToleranceSeconds: environment.JWT_CLOCK_TOLERANCE_S };
  if (jwksUrl !== undefined) return { jwksUrl: checkKeySetUrl(jwksUrl, environment), ...claims };
  return { secret: secret ?? (await demoSecret(environment)), ...claims };
}

/** Keys that are fetched without TLS can be replaced on their way, unless it does not leave this machine. */
function checkKeySetUrl(text: string, { isProduction }: Environment): string {
  const { protocol, hostname } = new URL(text);
  if (isProduction && protocol === 'http:' && !LOOPBACK.test(hostname)) {
    throw new EnvironmentError(
      'JWT_JWKS_URL must begin with https:// with NODE_ENV=production, unless its host is this machine (localhost)',
    );
  }
  return text;
}

async function demoSecret(environment: Environment): Promise<string> {
  if (environment.isDemo) return readOrCreateSecret(join(makeDataDirectory(environment.DATA_DIR).path, 'jwt-secret'));
  throw new EnvironmentError(
    'JWT_SECRET (at least 32 bytes) or JWT_JWKS_URL is required with DATABASE_URL or NODE_ENV=production',
  );
}
