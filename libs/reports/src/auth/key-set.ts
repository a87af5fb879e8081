import { KeyObject } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { createRemoteJWKSet, decodeProtectedHeader, errors, type ProtectedHeaderParameters } from '../esm-only/jose';
import { UnavailableError } from '../unavailable.error';

/** How old the keys may be before they are fetched again, so that a revoked key stops being accepted. */
const REFRESH_MS = 10 * 60_000;

/** Shortest time between two fetches for an unknown key, so that made-up key IDs cannot cause more. */
const COOLDOWN_MS = 5_000;

const FETCH_TIMEOUT_MS = 5_000;

/** RFC 7518, section 3.3. The verifier does not check it. */
const MINIMUM_RSA_BITS = 2_048;

/** The keys that sign tokens cannot be fetched, and the key of a token is unknown. */
export class KeysUnavailableError extends UnavailableError {
  constructor(cause: unknown) {
    super('The token keys cannot be fetched at the moment', cause);
  }
}

/** The public keys of a token issuer: a JSON Web Key Set (RFC 7517) at a URL. */
export class KeySet {
  private readonly logger = new Logger(KeySet.name);
  private readonly keys;
  private fetchedAtMs = 0;

  constructor(private readonly url: string) {
    this.keys = createRemoteJWKSet(new URL(url), {
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: FETCH_TIMEOUT_MS,
      // Known keys stay valid while the issuer is unreachable.
      cacheMaxAge: Infinity,
    });
  }

  /**
   * Finds the key that the header of a token names.
   *
   * @returns undefined if the set has no such key, or if it is too short to be trusted
   * @throws KeysUnavailableError if the set cannot be fetched and the key is unknown
   */
  async find(token: string): Promise<KeyObject | undefined> {
    this.refresh();
    const header = readHeader(token);
    if (header === undefined) return undefined;
    try {
      const key = KeyObject.from(await this.keys(header));
      const { modulusLength = Infinity } = key.asymmetricKeyDetails ?? {};
      return modulusLength < MINIMUM_RSA_BITS ? undefined : key;
    } catch (error) {
      if (NO_SUCH_KEY.some((type) => error instanceof type)) return undefined;
      throw new KeysUnavailableError(this.explain(error));
    }
  }

  /** Names the setting and the URL, without what may be secret in it, and the reason that `fetch` hides in its error. */
  private explain(error: unknown): Error {
    const { origin, pathname } = new URL(this.url);
    const { message, cause } = error as { message: string; cause?: { message?: string } };
    const reason = cause?.message ? `${message} (${cause.message})` : message;
    return new Error(`jwksUrl (setting JWT_JWKS_URL of the host) ${origin}${pathname}: ${reason}`, { cause: error });
  }

  /** Fetches the keys again in the background once they are old. */
  private refresh(): void {
    const nowMs = Date.now();
    if (this.keys.jwks() === undefined) {
      this.fetchedAtMs = nowMs;
      // A clock that is set back must neither keep old keys valid nor new ones out.
    } else if (Math.abs(nowMs - this.fetchedAtMs) > REFRESH_MS) {
      this.fetchedAtMs = nowMs;
      this.keys
        .reload()
        .catch((error: unknown) =>
          this.logger.warn(`The token keys cannot be refreshed: ${this.explain(error).message}`),
        );
    }
  }
}

/** Faults of the token. Any other error is a fault of the set: it is unreachable, too slow or malformed. */
const NO_SUCH_KEY = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

function readHeader(token: string): ProtectedHeaderParameters | undefined {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}
