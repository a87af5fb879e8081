import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** An Express request, which is Node's, or a Fastify request, which holds Node's in `raw`. */
type FrameworkRequest = { headers: IncomingHttpHeaders; raw?: IncomingMessage } & Partial<IncomingMessage>;

/** Exactly one token and nothing else (RFC 6750, section 2.1). */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** The bearer token of a request; null if there is none, or more than one. */
export function bearerTokenOf(request: FrameworkRequest): string | null {
  // Node keeps only the first of several headers, while a proxy may have checked the last.
  const headers = (request.raw ?? request).headersDistinct?.authorization ?? [];
  return headers.length === 1 ? (BEARER.exec(headers[0]!)?.[1] ?? null) : null;
}
