import { createHmac, KeyObject, sign } from 'node:crypto';

/** Makes a token of organization 7 that is valid for a minute, signed with a secret (HS256) or a private key (RS256). */
export function signedToken(key: string | KeyObject, kid?: string): string {
  const claims = { sub: 'check', org_id: '7', scope: 'reports:read', exp: Math.floor(Date.now() / 1000) + 60 };
  const header = { alg: typeof key === 'string' ? 'HS256' : 'RS256', typ: 'JWT', kid };
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature =
    typeof key === 'string'
      ? createHmac('sha256', key).update(content).digest()
      : sign('sha256', Buffer.from(content), key);
  return `${content}.${signature.toString('base64url')}`;
}
