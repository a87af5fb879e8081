import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request of Express, which is Node's, or of Fastify, which has Node's as `raw`. */
type FrameworkRequest = { headers: IncomingHttpHeaders; raw?: IncomingMessage } & Partial<IncomingMessage>;

/** The header alone, with one token and nothing else (RFC 6750, section 2.1). */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** Reads the bearer token of a request; null if there is none, or more than one. */
export function bearerTokenOf(request: FrameworkRequest): string | null {
  // Node drops all but the first of several headers, which the one who signed the last might not expect.
  const headers = (request.raw ?? request).headersDistinct?.authorization ?? [];
  return headers.length === 1 ? (BEARER.exec(headers[0]!)?.[1] ?? null) : null;
}
