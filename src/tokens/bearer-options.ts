import { join } from 'node:path';
import type { BearerOptions } from '@chat-reports/nestjs';
import { makeDataDirectory } from '../database/data-directory';
import { readOrCreateSecret } from '../database/secret-file';
import { type Environment, EnvironmentError } from '../environment';

/** How bearer tokens are verified, from the settings. The demo makes a secret of its own, kept in the data directory. */
export async function readBearerOptions(environment: Environment): Promise<BearerOptions> {
  const { JWT_SECRET: secret, JWT_JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = environment;
  if (secret !== undefined && jwksUrl !== undefined) {
    throw new EnvironmentError('JWT_SECRET and JWT_JWKS_URL exclude each other: give the one that signs your tokens');
  }
  if (environment.isProduction && (issuer === undefined || audience === undefined)) {
    throw new EnvironmentError(
      'JWT_ISSUER and JWT_AUDIENCE are required with NODE_ENV=production: iss and aud of your tokens',
    );
  }
  const claims = { issuer, audience, clockToleranceSeconds: environment.JWT_CLOCK_TOLERANCE_S };
  if (jwksUrl !== undefined) return { jwksUrl, ...claims };
  return { secret: secret ?? (await demoSecret(environment)), ...claims };
}

async function demoSecret(environment: Environment): Promise<string> {
  if (environment.isDemo) return readOrCreateSecret(join(makeDataDirectory(environment.DATA_DIR).path, 'jwt-secret'));
  throw new EnvironmentError(
    'JWT_SECRET (at least 32 bytes) or JWT_JWKS_URL is required with DATABASE_URL or NODE_ENV=production',
  );
}
