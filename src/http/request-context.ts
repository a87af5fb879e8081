import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that is being handled, so that log entries can name it. */
export const requestContext = new AsyncLocalStorage<{ requestId: string }>();
