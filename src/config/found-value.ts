import { redactCredentials } from '../text/credentials';

/** Settings that may contain a secret part. */
const SECRETS = ['DATABASE_URL', 'DATABASE_REPLICA_URL', 'JWT_JWKS_URL', 'JWT_SECRET', 'REDIS_URL'];

const LONGEST_FOUND = 60;

/** Describes an invalid value, in words that follow the accepted form: the scheme of a URL, the length of a secret. */
export function describeFound(name: string, value: string): string {
  if (name === 'JWT_SECRET') return `, not ${Buffer.byteLength(value)}`;
  if (SECRETS.includes(name)) {
    const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(value)?.[0];
    return scheme === undefined || ACCEPTED_SCHEMES.test(`${name}=${scheme}`) ? '' : `, not ${scheme}`;
  }
  // A URL with a password may stand in any setting by mistake.
  const found = redactCredentials(value);
  return `, not ${JSON.stringify(found.length > LONGEST_FOUND ? `${found.slice(0, LONGEST_FOUND)}…` : found)}`;
}

const ACCEPTED_SCHEMES = /^(JWT_JWKS_URL=https?|REDIS_URL=rediss?|DATABASE_\w+=postgres(ql)?):/;
