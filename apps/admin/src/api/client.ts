import createClient, { type Middleware } from 'openapi-fetch';
import { sessionStore } from '../session/session.store';
import { throwProblems } from './problem.middleware';
import type { paths } from './schema';

const bearer: Middleware = {
  onRequest({ request }) {
    const { session } = sessionStore.read();
    if (session) request.headers.set('Authorization', `Bearer ${session.token}`);
  },
};

/** The public API, typed by its OpenAPI document. Every call gives the answer or throws a Problem. */
export const api = createClient<paths, 'application/json'>();
api.use(bearer, throwProblems);
