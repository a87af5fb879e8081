import type { Middleware } from 'openapi-fetch';
import { Problem } from './problem.error';

/** Makes every call of a client give the answer or throw a Problem. */
export const throwProblems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
  },
  onError: ({ error }) => Problem.from(error),
};
