import type { Middleware } from 'openapi-fetch';
import { createApiClient } from '../api/client';
import { sessionStore } from './session.store';

const bearer: Middleware = {
  onRequest({ request }) {
    const { session } = sessionStore.read();
    if (session) request.headers.set('Authorization', `Bearer ${session.token}`);
  },
};

/** The API with the token of the current session. Every call returns data or throws a `Problem`. */
export const api = createApiClient(bearer);
