import { join } from 'node:path';
import { makeDataDirectory } from '../database/data-directory';
import { readOrCreateSecret } from '../database/secret-file';
import { type Environment, EnvironmentError } from '../environment';

/** The secret that signs bearer tokens: JWT_SECRET, or in the demo one of its own that is kept in the data directory. */
export async function readJwtSecret(environment: Environment): Promise<string> {
  if (environment.JWT_SECRET !== undefined) return environment.JWT_SECRET;
  if (environment.isDemo) return readOrCreateSecret(join(makeDataDirectory(environment.DATA_DIR).path, 'jwt-secret'));
  throw new EnvironmentError('JWT_SECRET is required with DATABASE_URL or NODE_ENV=production: at least 32 bytes');
}
