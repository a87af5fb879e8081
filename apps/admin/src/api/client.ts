import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { SERVER_URL } from './server-url';
import { throwProblems } from './problem.middleware';
import type { paths } from './schema';

/** Creates a client of the public API, typed by its OpenAPI document. Every call returns data or throws a `Problem`. */
export function createApiClient(...middleware: Middleware[]): Client<paths, 'application/json'> {
  const client = createClient<paths, 'application/json'>({ baseUrl: SERVER_URL });
  client.use(...middleware, throwProblems);
  return client;
}
