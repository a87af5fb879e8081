import type { Middleware } from 'openapi-fetch';
import { Problem } from './problem.error';

/** Turns every failed call into a thrown `Problem`. */
export const throwProblems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
  },
  onError: ({ error }) => Problem.from(error),
};
