/** Why a token is refused, in words that follow "it". They contain nothing of the token. */
export class TokenRefusal extends Error {}

/** Beginnings of the verifier's messages (jsonwebtoken), whose ends may quote the token. */
const REASONS: [message: string, reason: string][] = [
  ['jwt expired', 'has expired (exp)'],
  ['invalid exp', 'has no expiry, or one that is not a number (exp)'],
  ['jwt not active', 'is not valid yet (nbf)'],
  ['invalid nbf', 'has a beginning that is not a number (nbf)'],
  ['jwt issuer invalid', 'has another issuer (iss)'],
  ['jwt audience invalid', 'has another audience (aud)'],
  ['invalid signature', 'has an invalid signature'],
  ['jwt signature is required', 'has no signature'],
  ['invalid algorithm', 'has an algorithm that is not accepted (alg)'],
  ['secretOrPublicKey must be', 'has an algorithm that is not accepted (alg)'],
  ['secret or public key must be provided', 'is signed with a key that is unknown or too short (kid)'],
];

/**
 * Explains why a token is refused.
 *
 * @param error a `TokenRefusal`, or what the verifier says
 * @returns words that follow "it" and contain nothing of the token
 */
export function explainRefusal(error: unknown): string {
  if (error instanceof TokenRefusal) return error.message;
  const message = error instanceof Error ? error.message : '';
  return REASONS.find(([beginning]) => message.startsWith(beginning))?.[1] ?? 'is malformed';
}
