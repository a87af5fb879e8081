import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { SERVER_URL } from './server-url';
import { throwProblems } from './problem.middleware';
import type { paths } from './schema';

/** More than any report takes. A connection that the network has lost otherwise waits for minutes, and the page with it. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** Creates a client of the public API, typed by its OpenAPI document. Every call returns data or throws a `Problem`. */
export function createApiClient(...middleware: Middleware[]): Client<paths, 'application/json'> {
  const client = createClient<paths, 'application/json'>({ baseUrl: SERVER_URL, fetch: fetchInTime });
  client.use(...middleware, throwProblems);
  return client;
}

/** Rejects if no response has begun in time. */
async function fetchInTime(request: Request): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), RESPONSE_TIMEOUT_MS);
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, timeout.signal]) });
  } finally {
    clearTimeout(timer);
  }
}
