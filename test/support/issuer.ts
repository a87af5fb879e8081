import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign, type SignOptions } from 'jsonwebtoken';

type Algorithm = 'RS256' | 'ES256';

interface Key {
  kid: string;
  algorithm: Algorithm;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** RSA keys take time to generate, so every issuer starts with the same ones. */
const FIRST_KEYS = [makeKey('RS256'), makeKey('ES256')];

/** Someone else's login that signs tokens and publishes its public keys. */
export class TokenIssuer {
  /** How often the keys have been fetched. */
  fetches = 0;
  keys: Key[] = [...FIRST_KEYS];
  private server: Server | undefined;
  private port = 0;

  /** The response to send instead of the keys, if any. */
  fault: { status: number; body: string } | undefined;

  get url(): string {
    return `http://127.0.0.1:${this.port}/keys`;
  }

  async start(): Promise<void> {
    this.server = createServer((_request, response) => {
      this.fetches++;
      response.writeHead(this.fault?.status ?? 200, { 'Content-Type': 'application/json' });
      response.end(this.fault?.body ?? JSON.stringify({ keys: this.keys.map(toJwk) }));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.close();
    this.server?.closeAllConnections();
    if (this.server) await once(this.server, 'close');
    this.server = undefined;
  }

  /** Signs a token that may read organization 123456, with the newest key of an algorithm. */
  sign(claims: object = {}, algorithm: Algorithm = 'RS256', options: SignOptions = {}): string {
    const { kid, privateKey } = this.keys.findLast((key) => key.algorithm === algorithm)!;
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const all = {
      exp,
      sub: 'tester',
      iss: 'login',
      aud: 'reports',
      org_id: '123456',
      scope: 'reports:read',
      ...claims,
    };
    return sign(all, privateKey, { algorithm, keyid: kid, ...options });
  }
}

export function makeKey(algorithm: Algorithm, modulusLength = 2048): Key {
  const pair =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid: randomUUID(), algorithm, ...pair };
}

function toJwk({ kid, algorithm, publicKey }: Key): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' };
}
