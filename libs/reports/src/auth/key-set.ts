import { KeyObject } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { createRemoteJWKSet, decodeProtectedHeader, errors, type ProtectedHeaderParameters } from 'jose';
import { UnavailableError } from '../unavailable.error';

/** After how long the keys are fetched anew, so that one which is withdrawn stops to count. */
const REFRESH_MS = 10 * 60_000;

/** How often at most they are fetched for a key that is not among them: made-up names cannot do it more often. */
const COOLDOWN_MS = 5_000;

const FETCH_TIMEOUT_MS = 5_000;

/** The keys with which tokens are signed cannot be fetched, and the one that is asked for is not known. */
export class KeysUnavailableError extends UnavailableError {
  constructor(cause: unknown) {
    super('The keys of the tokens cannot be read at the moment', cause);
  }
}

/** The public keys of a token issuer: a JSON Web Key Set (RFC 7517) behind a URL. */
export class KeySet {
  private readonly logger = new Logger(KeySet.name);
  private readonly keys;
  private fetchedAtMs = 0;

  constructor(url: string) {
    this.keys = createRemoteJWKSet(new URL(url), {
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: FETCH_TIMEOUT_MS,
      // Keys that are known stay good while the issuer is away.
      cacheMaxAge: Infinity,
    });
  }

  /**
   * Finds the key that a token says it is signed with.
   *
   * @returns undefined if the token names no key of the set
   * @throws KeysUnavailableError if the set cannot be fetched and the key is not known
   */
  async find(token: string): Promise<KeyObject | undefined> {
    this.refresh();
    const header = readHeader(token);
    if (header === undefined) return undefined;
    try {
      return KeyObject.from(await this.keys(header));
    } catch (error) {
      if (NO_SUCH_KEY.some((type) => error instanceof type)) return undefined;
      throw new KeysUnavailableError(error);
    }
  }

  /** Fetches known keys anew, without keeping anyone waiting. */
  private refresh(): void {
    const nowMs = Date.now();
    if (this.keys.jwks() === undefined) {
      this.fetchedAtMs = nowMs;
    } else if (nowMs - this.fetchedAtMs > REFRESH_MS) {
      this.fetchedAtMs = nowMs;
      this.keys
        .reload()
        .catch((error: unknown) => this.logger.warn(`The token keys cannot be refreshed: ${String(error)}`));
    }
  }
}

/** What is wrong with the token. All else is wrong with the set: too slow, away, or something else was answered. */
const NO_SUCH_KEY = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

function readHeader(token: string): ProtectedHeaderParameters | undefined {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}
