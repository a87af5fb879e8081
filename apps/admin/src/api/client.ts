import createClient, { type Middleware } from 'openapi-fetch';
import { sessionStore } from '../session/session.store';
import { Problem } from './problem.error';
import type { paths } from './schema';

const bearer: Middleware = {
  onRequest({ request }) {
    const { session } = sessionStore.read();
    if (session) request.headers.set('Authorization', `Bearer ${session.token}`);
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
  },
  onError: ({ error }) => Problem.from(error),
};

/** The public API, typed by its OpenAPI document. Every call gives the answer or throws a Problem. */
export const api = createClient<paths, 'application/json'>();
api.use(bearer);
